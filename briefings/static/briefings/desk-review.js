// The review desk by keyboard: a sentence is marked with one key, and the page goes on to the next that is open.
// Without this script the same form keeps all marks at once.

const KEYS_OFF = "briefings-desk-keys-off";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const MARKS = { 1: "supported", s: "supported", 2: "partly", p: "partly", 3: "not", n: "not" };

class ReviewDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#marks");
    this.sending = Promise.resolve();
    this.setUpKeys();
    this.setUpCopies();
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("change", (event) => this.onChange(event));
    this.form?.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.classList.add("live");
    const row = this.rows().find((one) => `#${one.id}` === location.hash) ?? this.firstOpen() ?? this.rows()[0];
    if (row) this.go(row, { focus: false, scroll: `#${row.id}` === location.hash });
  }

  rows() {
    return [...this.querySelectorAll(".row")];
  }

  firstOpen(after = null) {
    const rows = this.rows();
    const from = after ? rows.indexOf(after) + 1 : 0;
    const isOpen = (row) => row.classList.contains("open");
    return rows.slice(from).find(isOpen) ?? rows.slice(0, from).find(isOpen);
  }

  /** Be at a sentence: mark it as the current one and bring it into view with all that it rests on. */
  go(row, { focus = true, scroll = true } = {}) {
    for (const other of this.querySelectorAll(".row.on")) {
      other.classList.remove("on");
      other.removeAttribute("aria-current");
    }
    row.classList.add("on");
    row.setAttribute("aria-current", "true");
    this.current = row;
    if (focus) row.focus({ preventScroll: true });
    if (scroll) this.intoView(row);
  }

  intoView(row) {
    const bar = this.querySelector(".review-bar").getBoundingClientRect().bottom + 8;
    const keys = this.querySelector(".review-keys");
    const foot = innerHeight - (keys ? keys.offsetHeight : 0) - 8;
    const box = row.getBoundingClientRect();
    if (box.top >= bar && box.bottom <= foot) return;
    const room = Math.max(bar + 8, (foot - bar - box.height) / 3 + bar);
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    window.scrollBy({ top: box.top - room, behavior: isCalm ? "auto" : "smooth" });
  }

  step(by) {
    const rows = this.rows();
    const next = rows[rows.indexOf(this.current) + by];
    if (next) this.go(next);
  }

  // Marks

  choose(row, support) {
    const box = row.querySelector(`input[type=radio][value="${support}"]`);
    if (!box) return;
    box.checked = true;
    this.settle(row);
  }

  /** Send the mark of a sentence once it is complete; what is not wholly supported first gets its note. */
  settle(row) {
    const support = row.querySelector("input[type=radio]:checked")?.value;
    const note = row.querySelector(".row-note input");
    if (!support) return;
    if (support !== "supported" && !note.value.trim()) {
      this.say(this.dataset.note);
      note.focus();
      return;
    }
    this.sending = this.sending.then(() => this.send(row));
  }

  async send(row) {
    const name = row.dataset.sentence;
    const body = new FormData();
    for (const [key, value] of new FormData(this.form)) {
      if (key === "csrfmiddlewaretoken" || key === "version" || key.endsWith(`-${name}`) || (key === "sentence" && value === name)) body.append(key, value);
    }
    try {
      const answer = await fetch(this.dataset.act, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) this.show(row, await answer.json());
      else this.say(answer.redirected || answer.status === 403 ? this.dataset.out : this.dataset.lost);
    } catch {
      this.say(this.dataset.lost);
    }
  }

  show(row, answer) {
    if (!answer.done) {
      this.say(answer.said);
      row.classList.add("refused");
      return;
    }
    if (!answer.marks.length) return;
    for (const mark of answer.marks) this.put(mark);
    row.classList.remove("refused");
    this.querySelector("[data-progress]").textContent = answer.progress;
    this.say(answer.marks.map((mark) => mark.said).join(" ") || "");
    if (this.current !== row) return;
    const next = this.firstOpen(row);
    if (next) this.go(next);
    else this.go(row, { scroll: false });
    if (!answer.left) this.say(this.dataset.all);
  }

  put(mark) {
    const row = this.querySelector(`.row[data-sentence="${mark.sentence}"]`);
    row.classList.remove("open", "supported", "partly", "not");
    row.classList.add(mark.support);
    row.querySelector(`input[name="was-${mark.sentence}"]`).value = `${mark.pk}:${mark.support}:${mark.note}`;
    row.querySelector("[data-said]").textContent = mark.note ? `${mark.said} – ${mark.note}` : mark.said;
  }

  say(words) {
    this.querySelector(".review-said").textContent = words;
  }

  // Events

  onClick(event) {
    const copy = event.target.closest("[data-copy]");
    if (copy) this.copy(copy.dataset.copy);
    const row = event.target.closest(".row");
    if (row && row !== this.current && !event.target.closest("a")) this.go(row, { focus: !event.target.closest("input, label, textarea"), scroll: false });
  }

  /** A choice made by pointer or space is kept at once; one that arrow keys pass over waits for Enter. */
  onChange(event) {
    const row = event.target.closest?.(".row");
    if (!row || event.target.type === "hidden") return;
    this.go(row, { focus: false, scroll: false });
    if (event.target.type !== "radio" ? event.target.value.trim() : !this.byArrow) this.settle(row);
  }

  onSubmit(event) {
    const row = document.activeElement?.closest?.(".row");
    event.preventDefault();
    if (row) this.settle(row);
  }

  onKey(event) {
    this.byArrow = event.key.startsWith("Arrow");
    const row = event.target.closest?.(".row");
    if (event.key === "Escape" && event.target.closest?.(".row, .talk") && this.current) {
      this.go(this.current);
      return;
    }
    if (event.key === "Enter" && row && event.target.type === "radio") {
      event.preventDefault();
      this.settle(row);
      return;
    }
    if (this.isOff || event.target.closest?.(TYPING) || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.repeat && !"jk".includes(event.key)) return;
    if (this.act(event.key)) event.preventDefault();
  }

  act(key) {
    if (key === "j" || key === "k") this.step(key === "j" ? 1 : -1);
    else if (key === "?") this.toggleKeys();
    else if (!this.current) return false;
    else if (MARKS[key]) this.choose(this.current, MARKS[key]);
    else if (key === "c") this.comment();
    else return false;
    return true;
  }

  comment() {
    const talk = this.current.closest(".stretch")?.querySelector(".talk");
    if (!talk) return;
    talk.open = true;
    talk.querySelector("textarea")?.focus();
  }

  toggleKeys() {
    const keys = this.querySelector(".review-keys");
    if (keys) keys.open = !keys.open;
  }

  setUpKeys() {
    const box = this.querySelector("[data-keys]");
    this.isOff = localStorage.getItem(KEYS_OFF) === "yes";
    this.classList.toggle("keys-off", this.isOff);
    if (!box) return;
    box.closest("label").hidden = false;
    box.checked = !this.isOff;
    if (matchMedia("(max-width: 900px)").matches) this.querySelector(".review-keys").open = false;
    box.addEventListener("change", () => {
      this.isOff = !box.checked;
      localStorage.setItem(KEYS_OFF, this.isOff ? "yes" : "no");
      this.classList.toggle("keys-off", this.isOff);
      this.say(this.isOff ? this.dataset.off : this.dataset.on);
    });
  }

  setUpCopies() {
    for (const button of this.querySelectorAll("[data-copy]")) button.hidden = !navigator.clipboard;
  }

  async copy(id) {
    const field = document.getElementById(id);
    field.select();
    await navigator.clipboard.writeText(field.value).then(() => this.say(this.dataset.copied), () => {});
  }
}

customElements.define("review-desk", ReviewDesk);
