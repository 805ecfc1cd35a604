// The reading desk by keyboard: the same forms as without this script, sent without leaving the place.

import { selectorsIn, wordsOf } from "./desk-selection.js";

const NEWS = 20_000; // milliseconds between two looks at what others decided
const SETTLED = 250; // milliseconds on a card before its likenesses are asked for
const KEYS_OFF = "briefings-desk-keys-off";
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], [role=combobox], [role=textbox], [role=searchbox]";

class ReadingDesk extends HTMLElement {
  connectedCallback() {
    this.article = this.querySelector(".reading-article");
    this.side = this.querySelector(".reading-side");
    this.panel = this.querySelector(".reading-panel");
    this.list = this.querySelector("#acts");
    this.keys = this.querySelector(".reading-keys");
    this.stamp = this.dataset.stamp;
    this.busy = false;
    this.setUpKeys();
    this.addEventListener("submit", (event) => this.onSubmit(event));
    this.addEventListener("click", (event) => this.onClick(event));
    document.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("selectionchange", () => this.onSelection());
    if (this.list) {
      this.go(Number(this.dataset.at), { focus: document.activeElement === document.body });
      this.watchFarCards();
      setInterval(() => document.hidden || this.busy || this.news(), NEWS);
    } else {
      this.startForm(this.panel);
    }
  }

  // Cards

  /** Bring cards whole, a few at a time, as they come near what is seen. */
  watchFarCards() {
    this.far = new Set();
    const watch = new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) this.far.add(target);
      clearTimeout(this.bringing);
      this.bringing = setTimeout(() => this.bring([...this.far]), 80);
    }, { root: null, rootMargin: "600px" });
    for (const card of this.querySelectorAll(".card[data-later]")) watch.observe(card);
  }

  async bring(cards) {
    this.far.clear();
    const pks = cards.filter((card) => card.isConnected && "later" in card.dataset).slice(0, 60).map((card) => card.dataset.pk);
    if (!pks.length) return;
    const answer = await fetch(`${this.dataset.news}?cards=${pks.join(",")}`).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    const { cards: made, order } = await answer.json();
    for (const [pk, html] of Object.entries(made)) this.putCard(this.querySelector(".cards"), pk, html, order.map(String));
  }

  /** Bring a card that is far, and those behind it, before one is at it. */
  async bringFrom(card) {
    const cards = this.cards();
    const at = cards.indexOf(card);
    await this.bring(cards.slice(Math.max(0, at - 5), at + 15));
    return this.querySelector(`#p${card.dataset.pk}`);
  }

  cards() {
    return [...this.querySelectorAll(".card")];
  }

  get current() {
    return this.querySelector(".card.on");
  }

  /** Be at the card of a proposal: mark it and its words, bring both into view, and offer what can be done. */
  go(pk, { focus = true } = {}) {
    const card = this.querySelector(`#p${pk}`) ?? this.cards()[0];
    if (!card) return;
    if ("later" in card.dataset) {
      this.bringFrom(card).then((whole) => "later" in whole.dataset || this.go(pk, { focus }));
      return;
    }
    for (const other of this.querySelectorAll(".card.on")) {
      other.classList.remove("on");
      other.removeAttribute("aria-current");
      if (other !== card) other.querySelector(".acts")?.remove();
    }
    card.classList.add("on");
    card.setAttribute("aria-current", "true");
    this.list.elements.proposal.value = card.dataset.pk;
    for (const at of this.querySelectorAll(".reading-words [name=at]")) at.value = card.dataset.pk;
    this.offerActs(card);
    this.highlight(card.dataset.pk);
    history.replaceState(null, "", `?at=${card.dataset.pk}`);
    if (focus) card.focus({ preventScroll: true });
    this.intoView(this.side, card);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.showLike(card), SETTLED);
  }

  offerActs(card) {
    if (!card.classList.contains("open") || card.querySelector(".acts")) return;
    const acts = this.querySelector("#reading-acts").content.cloneNode(true);
    acts.querySelector("[data-edit-link]").href = this.dataset.edit.replace("/0/", `/${card.dataset.pk}/`);
    card.append(acts);
  }

  highlight(pk) {
    for (const mark of this.article.querySelectorAll("mark.on")) {
      mark.classList.remove("on");
    }
    const marks = this.article.querySelectorAll(`mark[data-p~="${pk}"]`);
    for (const mark of marks) mark.classList.add("on");
    if (marks.length) this.intoView(this.article, marks[0]);
  }

  /** Scroll one column, never the page around it, and only where the element is out of sight. */
  intoView(column, element, always = false) {
    const inside = getComputedStyle(column).overflowY !== "visible";
    const isCard = column === this.side;
    const frame = inside ? column.getBoundingClientRect() : { top: 0, bottom: this.visibleBottom() };
    const bottom = isCard && getComputedStyle(this.keys).position === "sticky" ? this.keys.getBoundingClientRect().top : frame.bottom;
    const box = element.getBoundingClientRect();
    if (!always && box.top >= frame.top + 8 && box.bottom <= bottom - 8) return;
    const room = isCard ? 12 : Math.max(16, (bottom - frame.top - box.height) / 3);
    const isCalm = isCard || always || matchMedia("(prefers-reduced-motion: reduce)").matches;
    (inside ? column : window).scrollBy({ top: box.top - frame.top - room, behavior: isCalm ? "auto" : "smooth" });
  }

  visibleBottom() {
    const isSheet = getComputedStyle(this.side).position === "sticky";
    return isSheet ? this.side.getBoundingClientRect().top : innerHeight;
  }

  step(by) {
    const cards = this.cards();
    const next = cards[cards.indexOf(this.current) + by];
    if (next) this.go(next.dataset.pk);
  }

  async showLike(card) {
    const place = card.querySelector(".like");
    if (!place || place.dataset.asked || place.childElementCount || !card.isConnected) return;
    place.dataset.asked = "yes";
    const answer = await fetch(this.dataset.like.replace("/0/", `/${card.dataset.pk}/`)).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    place.innerHTML = await answer.text();
    if (card === this.current) this.intoView(this.side, card);
  }

  // Talking to the server

  /** Send a form; the answer as an object, or null after saying what went wrong. */
  async send(address, body) {
    if (this.busy) return null;
    this.busy = true;
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" } });
      if (answer.headers.get("Content-Type")?.startsWith("application/json")) return await answer.json();
      this.say(answer.redirected || answer.status === 403 ? this.dataset.out : this.dataset.lost, false);
    } catch {
      this.say(this.dataset.lost, false);
    } finally {
      this.busy = false;
    }
    return null;
  }

  async act(what) {
    const card = this.current;
    const body = new FormData();
    const sent = new FormData(this.list);
    const pks = [card?.dataset.pk, card?.nextElementSibling?.dataset.pk];
    for (const [name, value] of sent) {
      const isOurs = pks.some((pk) => pk && (name === `v${pk}` || name.startsWith(`c${pk}-`)));
      if (isOurs || name === "csrfmiddlewaretoken" || name === "proposal" || /^v\d+$/.test(name) && what === "merge") body.append(name, value);
    }
    body.append("do", what);
    const answer = await this.send(this.dataset.act, body);
    if (answer) this.show(answer);
  }

  /** Put what changed into the page, say it, and go on. */
  show(answer, { focus = true } = {}) {
    const order = answer.order.map(String);
    const box = this.querySelector(".cards");
    for (const card of this.cards()) if (!order.includes(card.dataset.pk)) card.remove();
    for (const [pk, html] of Object.entries(answer.cards)) this.putCard(box, pk, html, order);
    for (const [number, html] of Object.entries(answer.paragraphs)) {
      const paragraph = this.article.querySelector(`p[data-number="${number}"]`);
      if (paragraph) paragraph.innerHTML = html;
    }
    this.querySelector("[data-read]").textContent = answer.counts.read;
    this.querySelector("[data-left]").textContent = answer.counts.said;
    this.querySelector(".sure").hidden = !answer.sure;
    this.querySelector("[data-sure-link]").textContent = answer.sure_said;
    this.querySelector("[data-undo]").disabled = !answer.undo;
    this.stamp = answer.stamp;
    if (answer.said) this.say(answer.said, answer.done);
    this.go(answer.at || this.dataset.at, { focus });
    this.dataset.at = this.current?.dataset.pk ?? "";
  }

  putCard(box, pk, html, order) {
    const made = document.createElement("div");
    made.innerHTML = html;
    const card = made.querySelector(".card");
    const old = this.querySelector(`#p${pk}`);
    if (old) {
      if (old.classList.contains("on")) card.classList.add("on");
      old.replaceWith(card);
      return;
    }
    const after = order.slice(order.indexOf(pk) + 1).map((other) => box.querySelector(`#p${other}`));
    box.insertBefore(card, after.find(Boolean) ?? null);
  }

  say(words, isGood = true) {
    const said = document.createElement("p");
    said.className = isGood ? "success" : "warning";
    said.textContent = words;
    this.querySelector(".reading-said").replaceChildren(said);
  }

  /** What others decided meanwhile. */
  async news() {
    const answer = await fetch(`${this.dataset.news}?stamp=${encodeURIComponent(this.stamp)}`).catch(() => null);
    if (answer?.status !== 200 || answer.redirected || this.busy) return;
    const { stamp, versions } = await answer.json();
    const known = new Map(this.cards().map((card) => [card.dataset.pk, card.dataset.version]));
    const other = Object.entries(versions).filter(([pk, version]) => known.get(pk) !== String(version)).map(([pk]) => pk);
    const isGone = [...known.keys()].some((pk) => !(pk in versions));
    this.stamp = stamp;
    if (!other.length && !isGone) return;
    const parts = await fetch(`${this.dataset.news}?cards=${other.join(",") || 0}`).catch(() => null);
    if (!parts?.ok || parts.redirected || this.busy) return;
    const at = this.current?.dataset.pk;
    this.show({ ...(await parts.json()), at, said: this.dataset.newsSaid, done: true }, { focus: this.current?.contains(document.activeElement) });
  }

  // Forms in the place of the list

  async openForm(address, body) {
    const answer = await this.send(address, body);
    if (answer?.form) this.showForm(answer.form);
    else if (answer) this.show(answer);
  }

  showForm(html) {
    this.panel.innerHTML = html;
    this.classList.add("with-form");
    this.startForm(this.panel);
    const wrong = this.panel.querySelector(".errorlist")?.closest(".desk-field")?.querySelector("input, select, textarea");
    const head = this.panel.querySelector("h2");
    this.side.scrollTop = 0;
    if (wrong) (wrong.nextElementSibling?.querySelector(".select2-selection") ?? wrong).focus();
    else head.focus();
  }

  startForm(panel) {
    const $ = window.django?.jQuery;
    if ($ && this.list) $(panel).find(".admin-autocomplete").djangoAdminSelect2();
  }

  closeForm() {
    this.panel.replaceChildren();
    this.classList.remove("with-form");
    this.current?.focus({ preventScroll: true });
  }

  async sendForm(form) {
    const answer = await this.send(form.action, new FormData(form));
    if (answer?.form) this.showForm(answer.form);
    else if (answer) {
      this.closeForm();
      this.show(answer);
    }
  }

  selectWords() {
    const selectors = selectorsIn(this.article);
    if (!selectors.length) {
      this.say(this.dataset.first, false);
      return;
    }
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.list.elements.csrfmiddlewaretoken.value);
    body.append("selected", JSON.stringify(selectors));
    body.append("at", this.current?.dataset.pk ?? "");
    this.openForm(this.dataset.select, body);
  }

  onSelection() {
    if (!this.list) return;
    clearTimeout(this.selecting);
    this.selecting = setTimeout(() => {
      const selectors = selectorsIn(this.article);
      const bar = this.querySelector(".reading-selected");
      bar.hidden = !selectors.length;
      const words = wordsOf(selectors);
      bar.querySelector("[data-selected]").textContent = words.length > 60 ? `${words.slice(0, 28)} … ${words.slice(-28)}` : words;
    }, 120);
  }

  // What a person does

  onSubmit(event) {
    const form = event.target;
    if (!this.list) return;
    if (form === this.list) {
      event.preventDefault();
      this.act(event.submitter?.value ?? "accept");
    } else if (form.matches(".entry")) {
      event.preventDefault();
      this.sendForm(form);
    } else if (form.closest(".reading-words")) {
      event.preventDefault();
      this.openForm(form.action, new FormData(form));
    }
  }

  onClick(event) {
    if (!this.list || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target;
    const mark = target.closest("mark[data-p]");
    if (target.closest("[data-edit-link]")) this.swallow(event, () => this.edit());
    else if (target.closest("[data-close]")) this.swallow(event, () => this.closeForm());
    else if (target.closest("[data-select-button]")) this.selectWords();
    else if (target.closest(".card .t a")) this.swallow(event, () => this.go(target.closest(".card").dataset.pk));
    else if (mark && document.getSelection().isCollapsed) this.go(mark.dataset.p.split(" ")[0], { focus: false });
    else if (target.closest(".card") && !target.closest("a, button, select, input, label, .card.on")) this.go(target.closest(".card").dataset.pk);
  }

  swallow(event, act) {
    event.preventDefault();
    act();
  }

  edit() {
    const card = this.current;
    if (card?.classList.contains("open")) this.openForm(this.dataset.edit.replace("/0/", `/${card.dataset.pk}/`));
  }

  setUpKeys() {
    const box = this.querySelector("[data-keys]");
    box.closest("label").hidden = false;
    this.isOff = localStorage.getItem(KEYS_OFF) === "yes";
    box.checked = !this.isOff;
    this.classList.toggle("keys-off", this.isOff);
    if (matchMedia("(max-width: 900px)").matches) this.keys.open = false;
    box.addEventListener("change", () => {
      this.isOff = !box.checked;
      localStorage.setItem(KEYS_OFF, this.isOff ? "yes" : "no");
      this.classList.toggle("keys-off", this.isOff);
      this.say(this.isOff ? this.dataset.off : this.dataset.on);
    });
  }

  onKey(event) {
    const isTyping = event.target.closest?.(TYPING);
    if (event.key === "Escape" && this.classList.contains("with-form") && !document.querySelector(".select2-container--open")) {
      this.closeForm();
      return;
    }
    if (this.isOff || !this.list || isTyping || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    const arrows = !this.article.contains(event.target);
    const acts = this.classList.contains("with-form") ? this.keysAnywhere() : { ...this.keysOnList(arrows), ...this.keysAnywhere() };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  keysAnywhere() {
    return { "?": () => { this.keys.open = !this.keys.open; this.keys.querySelector("summary").scrollIntoView({ block: "nearest" }); } };
  }

  keysOnList(arrows) {
    const isOpen = this.current?.classList.contains("open");
    const once = (what) => () => isOpen && this.act(what);
    return {
      a: once("accept"), x: once("reject"), m: once("merge"), u: () => this.querySelector("[data-undo]").disabled || this.act("undo"), e: () => this.edit(),
      j: () => this.step(1), k: () => this.step(-1), s: () => this.selectWords(),
      A: () => this.querySelector(".sure").hidden || location.assign(this.dataset.sure),
      ...(arrows ? { ArrowDown: () => this.step(1), ArrowUp: () => this.step(-1) } : {}),
    };
  }
}

customElements.define("reading-desk", ReadingDesk);
