// Merging two texts: what is typed into a conflict's own field is what one chooses.

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.(".conflict textarea")) return;
  const own = target.closest(".choice").querySelector("input[type=radio]");
  own.checked = true;
});
