// The frame of the writing desk with the page of readers: what changed is put into it, the rest stays as it is.

export class Frame {
  constructor(frame) {
    this.frame = frame;
    frame.addEventListener("load", () => this.onLoad());
    if (this.page?.readyState === "complete") this.onLoad();
  }

  get page() {
    return this.frame.contentDocument;
  }

  onLoad() {
    const page = this.page;
    if (!page?.querySelector("article.briefing")) return;
    this.isReady = true;
    page.addEventListener("click", (event) => this.onClick(event));
    page.addEventListener("keydown", (event) => this.onKey(event));
    if (this.waiting) this.show(this.waiting);
  }

  /** Other pages may not stand in a frame: they open beside it. */
  onClick(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    link.target = "_blank";
    link.rel = "noopener";
  }

  /** The keys of the desk work inside the frame, too. */
  onKey(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (altKey || (key !== "F6" && !((ctrlKey || metaKey) && ["s", "e"].includes(key.toLowerCase())))) return;
    event.preventDefault();
    document.dispatchEvent(new KeyboardEvent("keydown", { key, ctrlKey, metaKey, altKey, shiftKey }));
  }

  /** Show a newer page: only the blocks that differ are exchanged, so that nothing else moves or closes. */
  show(html) {
    this.waiting = html;
    if (!this.isReady) return;
    const made = new DOMParser().parseFromString(html, "text/html").querySelector("article.briefing");
    const shown = this.page.querySelector("article.briefing");
    const top = this.top();
    this.patch(shown.querySelector(".body"), made.querySelector(".body"));
    for (const part of ["header", ".apparatus"]) {
      const [old, fresh] = [shown.querySelector(`:scope > ${part}`), made.querySelector(`:scope > ${part}`)];
      if (!old.isEqualNode(fresh)) old.replaceWith(this.page.adoptNode(fresh));
    }
    if (this.top() !== top) this.page.scrollingElement.scrollTop = top;
  }

  top() {
    return this.page.scrollingElement.scrollTop;
  }

  patch(shown, made) {
    const [old, fresh] = [[...shown.children], [...made.children]];
    while (old.length && fresh.length && old[0].isEqualNode(fresh[0])) {
      old.shift();
      fresh.shift();
    }
    while (old.length && fresh.length && old.at(-1).isEqualNode(fresh.at(-1))) {
      old.pop();
      fresh.pop();
    }
    const before = old.length ? old.at(-1).nextElementSibling : shown.children[[...made.children].indexOf(fresh[0])] ?? null;
    for (const block of old) block.remove();
    for (const block of fresh) shown.insertBefore(this.page.adoptNode(block), before);
  }

  /** Bring a block into view, if it is not. */
  follow(index) {
    const block = this.isReady && this.page.querySelectorAll("article.briefing > .body > .block")[index];
    if (!block || block === this.followed) return;
    this.followed = block;
    const { top, bottom } = block.getBoundingClientRect();
    const height = this.frame.clientHeight;
    if (top >= 0 && bottom <= height) return;
    const room = Math.max(24, (height - (bottom - top)) / 3);
    this.page.scrollingElement.scrollBy({ top: top - room, behavior: "instant" });
  }
}
