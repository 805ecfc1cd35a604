// Notes beside the text. Everything works without this: it moves each note beside the line that cites it, keeps the
// reader's place when a note opens, and brings them back to the mark they came from. Styles are set through the CSSOM.

const GAP = 12; // px between two notes in the margin
const wide = matchMedia("screen and (min-width: 62.01rem)");

const body = document.querySelector(".briefing .body");
const notes = [...document.querySelectorAll(".briefing .note")];

const marker = (note) => document.getElementById(note.id.replace("n", "c"));
const isOpen = (note) => note.matches(":target");

/** The place of a note's mark, in px below the top of the text. */
function wanted(note) {
  const mark = marker(note);
  return mark ? mark.getBoundingClientRect().top - body.getBoundingClientRect().top - 3 : 0;
}

/** Move every note beside its mark, or as little below it as the notes above allow. */
function place() {
  body.classList.toggle("placed", wide.matches);
  body.style.removeProperty("min-block-size");
  if (!wide.matches) {
    for (const note of notes) note.style.removeProperty("inset-block-start");
    return;
  }
  const tops = notes.map(wanted);
  const heights = notes.map((note) => note.offsetHeight);
  let free = 0;
  notes.forEach((note, index) => {
    const top = Math.max(tops[index], free);
    note.style.insetBlockStart = `${top}px`;
    free = top + heights[index] + GAP;
  });
  body.style.minBlockSize = `${free}px`;
}

/** Bring something into view by as little as it takes. */
function show(element) {
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** Follow a link within the page and stay where the reader is, as far as its end can be seen from there. */
function follow(link, event) {
  const end = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!end || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const { scrollX, scrollY } = window;
  const seen = link.getBoundingClientRect().top;
  location.hash = link.hash;
  place();
  window.scrollTo({ left: scrollX, top: scrollY, behavior: "instant" });
  if (link.isConnected && link.checkVisibility()) {
    window.scrollBy({ top: link.getBoundingClientRect().top - seen, behavior: "instant" });
  }
  show(end);
  end.focus({ preventScroll: true });
}

function clicked(event) {
  const link = event.target.closest("a[href^='#']");
  if (!link) return;
  const note = link.hash.startsWith("#n") && document.getElementById(link.hash.slice(1));
  if (link.matches(".cite") && note) note.querySelector(".back")?.setAttribute("href", `#${link.id}`);
  if (link.matches(".cite, .note .n, .note .back")) follow(link, event);
}

/** Escape closes the open note and goes back to its mark. */
function pressed(event) {
  const open = event.key === "Escape" && notes.find(isOpen);
  if (open) open.querySelector(".back")?.click();
}

if (body && notes.length) {
  body.classList.add("live");
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", place);
  wide.addEventListener("change", place);
  const watch = new ResizeObserver(() => requestAnimationFrame(place));
  for (const element of [body, ...notes]) watch.observe(element);
  document.fonts.ready.then(place);
  place();
}
