// The capture screens: puts a chosen proposal into its field at once, and says that the bookmarklet is to be dragged.

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=use]");
  if (!button) return;
  const [name] = button.value.split("=", 1);
  const field = button.form.elements[name];
  if (!field || field.matches("select") || name === "new_publisher") return; // these concern other fields: the server does it
  event.preventDefault();
  field.value = button.value.slice(name.length + 1);
  field.focus();
});

for (const link of document.querySelectorAll("a.bookmarklet")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    link.closest("li").querySelector(".bookmarklet-said").hidden = false;
  });
}
