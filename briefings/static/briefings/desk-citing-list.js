// A list to choose from while the focus stays in a field: aria-activedescendant, arrows, and a click.

export class Choices {
  /** `field` keeps the focus, `list` is its listbox; `pick(item, event)` is told what was chosen. */
  constructor(field, list, pick) {
    Object.assign(this, { field, list, pick, items: [], at: -1 });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      this.go([...list.children].indexOf(option));
      this.pick(this.items[this.at], event);
    });
  }

  /** Show items, each by the element that `draw` makes of it; `first` is chosen unless it is -1. */
  show(items, draw, first = 0) {
    this.items = items;
    this.list.replaceChildren(...items.map((item, number) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.id = `${this.list.id}-${number}`;
      option.append(...draw(item));
      return option;
    }));
    if (this.field.hasAttribute("aria-expanded")) this.field.setAttribute("aria-expanded", String(items.length > 0));
    this.go(Math.min(first, items.length - 1));
  }

  clear() {
    this.show([], () => []);
  }

  get item() {
    return this.items[this.at];
  }

  go(at) {
    this.at = at;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const option = this.list.children[at];
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  step(by) {
    if (this.items.length) this.go((this.at + by + this.items.length) % this.items.length);
  }

  /** Take an arrow key; whether it was one. */
  takes(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !this.items.length) return false;
    event.preventDefault();
    this.step(by);
    return true;
  }
}

/** An element with a class and words, and the language and direction of those words. */
export function made(name, className, words = "", { lang = "", dir = "" } = {}) {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = words;
  if (lang) element.lang = lang;
  if (dir) element.dir = dir;
  return element;
}
