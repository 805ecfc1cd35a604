// Makes the "type to find" fields of Django's admin (Select2) speak: each has the name that its label shows.

const nameOf = (select) => select.getAttribute("aria-label") || select.labels?.[0]?.textContent.replace(/:\s*$/, "").trim() || "";

const openField = () => document.querySelector(".select2-container--open .select2-search__field");

function nameContainer(container) {
  const select = container.previousElementSibling;
  if (!select?.matches("select")) return;
  const name = nameOf(select);
  for (const shown of container.querySelectorAll("[aria-readonly]")) shown.removeAttribute("aria-readonly");
  for (const shown of container.querySelectorAll("[role=textbox]")) shown.removeAttribute("role");
  for (const box of container.querySelectorAll("[role=combobox]")) {
    if (box.hasAttribute("aria-owns")) box.setAttribute("aria-controls", box.getAttribute("aria-owns"));
    const chosen = select.multiple ? "" : select.selectedOptions[0]?.textContent.trim();
    const label = chosen ? `${name}: ${chosen}` : name;
    if (box.getAttribute("aria-label") === label) continue;
    box.removeAttribute("aria-labelledby");
    box.setAttribute("aria-label", label);
  }
  for (const field of container.querySelectorAll("input[type=search]:not([aria-label])")) field.setAttribute("aria-label", name);
}

function nameAll() {
  document.querySelectorAll(".select2-container").forEach(nameContainer);
  const name = document.querySelector("[role=combobox][aria-expanded=true]")?.getAttribute("aria-label") ?? "";
  if (openField() && !openField().hasAttribute("aria-label")) openField().setAttribute("aria-label", name);
  document.querySelector(".select2-results__options:not([aria-label])")?.setAttribute("aria-label", name);
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
