// The writing desk: keeps what is typed, looks at it while it is typed, and saves without leaving the place.
// Other modules change the text with setRangeText() on #id_body and dispatch an ordinary `input` event.

import { Frame } from "./desk-writing-frame.js";
import { goToLine, lineOf } from "./desk-writing-lines.js";

const LOOK = 400; // milliseconds after the last key before the preview and the checks follow
const KEEP = 2_000; // milliseconds of pause before the text is kept
const AGAIN = 5_000; // milliseconds before a failed request is tried again
const SOON = 1_500; // milliseconds until a window that this one followed has said that it is closed
const NEWS = 15_000; // milliseconds between two looks at who else is here
const IS_MAC = navigator.platform.startsWith("Mac"); // where Ctrl E goes to the end of a line

class WritingDesk extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("#writing");
    this.body = this.querySelector("#id_body");
    this.state = this.querySelector("[data-state]");
    this.checks = this.querySelector("[data-checks]");
    this.frame = new Frame(this.querySelector(".writing-preview iframe"));
    this.lines = this.body.dataset.lines.split(" ").map(Number); // on which the blocks of the preview begin
    this.number = Number(this.form.elements.number.value);
    this.keptText = this.text(); // what the site holds for this window
    this.savedText = this.state.dataset.changed ? null : this.keptText; // what is stored as the briefing's
    this.addEventListener("input", (event) => this.onInput(event));
    this.addEventListener("click", (event) => this.onClick(event));
    this.addEventListener("submit", (event) => this.onSubmit(event));
    this.addEventListener("focusout", () => this.keep());
    document.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("selectionchange", () => this.followCaret());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.keep() : this.news()));
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && this.keep(true));
    window.addEventListener("beforeunload", (event) => this.isKept() || event.preventDefault());
    this.timer = setInterval(() => document.hidden || this.news(), NEWS);
    this.soon = setTimeout(() => this.news(), SOON);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearTimeout(this.soon);
  }

  // What is typed

  fields() {
    return ["title", "standfirst", "body"].map((name) => this.form.elements[name]);
  }

  text() {
    return JSON.stringify(this.fields().map((field) => field.value));
  }

  isKept() {
    const text = this.text();
    return text === this.keptText || text === this.savedText;
  }

  /** Everything that the form holds, under the next number: a request with a lower one comes too late. */
  sent(more = {}) {
    const data = new FormData(this.form);
    data.set("number", ++this.number);
    for (const [name, value] of Object.entries(more)) data.set(name, value);
    return data;
  }

  onInput(event) {
    if (!this.fields().includes(event.target)) return;
    this.show(this.isKept() && this.text() === this.savedText ? "saved" : "typing");
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.look(), LOOK);
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP);
  }

  show(state) {
    this.state.textContent = this.dataset[state];
    this.state.dataset.is = state;
  }

  say(words, isGood) {
    const said = document.createElement("p");
    said.className = isGood ? "success" : "warning";
    said.textContent = words;
    this.querySelector("[data-said]").replaceChildren(...(words ? [said] : []));
  }

  /** Ask the site; the answer as an object, or null where there was none. */
  async ask(address, body) {
    try {
      const answer = await fetch(address, { method: body ? "POST" : "GET", body, headers: { Accept: "application/json" } });
      const isAnswer = answer.headers.get("Content-Type")?.startsWith("application/json");
      this.isOut = !isAnswer && (answer.redirected || answer.status === 403);
      return isAnswer && answer.ok ? await answer.json() : null;
    } catch {
      this.isOut = false;
      return null;
    }
  }

  // Looking: one request at a time, and only the answer to the latest text is shown

  async look() {
    if (this.isLooking) {
      this.looksAgain = true;
      return;
    }
    this.isLooking = true;
    const answer = await this.ask(this.dataset.look, new FormData(this.form));
    this.isLooking = false;
    if (this.looksAgain) {
      this.looksAgain = false;
      if (answer) this.showLook(answer);
      this.look();
      return;
    }
    this.showWaiting(answer ? answer.said : this.isOut ? this.dataset.out : this.dataset.waits);
    if (answer) this.showLook(answer);
    else this.looking = setTimeout(() => this.look(), AGAIN);
  }

  showLook(answer) {
    if (!answer.preview) return;
    this.lines = answer.lines;
    this.querySelector("[data-words]").textContent = answer.words;
    this.put(this.checks, answer.checks);
    this.frame.show(answer.preview);
    this.followCaret();
  }

  showWaiting(words) {
    const place = this.querySelector("[data-waits-place]");
    place.textContent = words ?? "";
    place.hidden = !words;
  }

  /** Put a part that the site made in the place of what is there, unless it is the same. */
  put(place, html) {
    const made = new DOMParser().parseFromString(html, "text/html").body;
    if (place.innerHTML === made.innerHTML) return;
    const at = place.contains(document.activeElement) ? document.activeElement.dataset.line : null;
    place.replaceChildren(...made.childNodes);
    if (at) (place.querySelector(`[data-line="${CSS.escape(at)}"]`) ?? place.querySelector("[data-line]") ?? place.parentElement).focus();
  }

  /** Let the preview follow the paragraph in which one writes. */
  followCaret() {
    if (document.activeElement !== this.body) return;
    const line = lineOf(this.body);
    this.frame.follow(this.lines.findLastIndex((first) => first <= line));
  }

  // Keeping

  async keep(always = false) {
    if (this.isKeeping || this.isSaving || (!always && this.text() === this.keptText)) return;
    clearTimeout(this.keeping);
    this.isKeeping = true;
    const text = this.text();
    const data = this.sent();
    const answer = await this.ask(this.dataset.keep, data);
    this.isKeeping = false;
    if (!answer) {
      this.show(this.isOut ? "out" : "notKept");
      if (this.isOut) this.news();
      this.keeping = setTimeout(() => this.keep(), AGAIN);
    } else if (answer.number > Number(data.get("number"))) {
      this.number = Math.max(this.number, answer.number);
      this.keep(true); // the site had counted further
    } else {
      this.keptText = text;
      if (!answer.changed) this.savedText = text;
      if (this.text() !== text) this.keeping = setTimeout(() => this.keep(), KEEP);
      this.show(this.text() === this.savedText ? "saved" : this.text() === text ? "kept" : "typing");
      this.showNews(answer.news);
    }
  }

  /** Say that the window closes. Texts that a beacon cannot carry were kept before, or the browser has asked. */
  leave() {
    const data = this.sent({ closing: "1" });
    if (this.text() === this.keptText) {
      data.set("number", 0); // nothing newer than what is kept
      for (const field of this.fields()) data.delete(field.name);
    }
    if (navigator.sendBeacon(this.dataset.keep, data)) this.keptText = this.text();
  }

  async news() {
    const answer = await this.ask(`${this.dataset.news}?window=${this.form.elements.window.value}`);
    if (!answer) return;
    this.showNews(answer.news);
    this.form.elements.csrfmiddlewaretoken.value = answer.token; // another one since one logged in again
  }

  showNews(html) {
    this.put(this.querySelector("[data-news-place]"), html);
  }

  // Saving

  async save() {
    if (this.isSaving) return;
    this.isSaving = true;
    this.show("saving");
    const text = this.text();
    const answer = await this.ask(this.form.action, this.sent({ do: "save" }));
    this.isSaving = false;
    if (!answer) {
      this.show(this.isOut ? "out" : "typing");
      this.say(this.isOut ? this.dataset.out : this.dataset.notSaved, false);
      if (this.isOut) this.news();
      return;
    }
    this.number = Math.max(this.number, answer.number);
    this.keptText = text;
    if (answer.merge && this.text() === text) {
      location.assign(answer.merge);
      return;
    }
    if (answer.saved) {
      this.savedText = text;
      this.form.elements.base_version.value = answer.version;
      this.querySelector(".reading-bar h1 a").textContent = this.form.elements.title.value.trim();
    }
    this.show(this.text() === this.savedText ? "saved" : "kept");
    this.say(answer.said ?? "", answer.saved);
    if (this.text() !== text) answer.merge ? this.keep(true).then(() => this.save()) : this.keep();
    this.news();
  }

  // What a person does

  onSubmit(event) {
    if (event.target !== this.form || (event.submitter?.value ?? "save") !== "save") return;
    event.preventDefault();
    this.save();
  }

  onClick(event) {
    const line = event.target.closest("[data-line]")?.dataset.line;
    if (!line) return;
    goToLine(this.body, Number(line));
    this.followCaret();
  }

  onKey(event) {
    const isCommand = (IS_MAC ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
    if (isCommand && event.key.toLowerCase() === "s") {
      event.preventDefault();
      this.save();
    } else if (isCommand && event.key.toLowerCase() === "e") {
      event.preventDefault();
      this.toChecks();
    } else if (event.key === "F6" && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      this.toNextPart(event.shiftKey ? -1 : 1);
    }
  }

  parts() {
    return [this.querySelector(".writing-text"), this.querySelector("#writing-preview"), this.querySelector("#writing-checks")];
  }

  toNextPart(by) {
    const parts = this.parts();
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const next = parts[(Math.max(at, 0) + by + parts.length) % parts.length];
    (next === parts[0] ? this.body : next).focus();
  }

  toChecks() {
    const checks = this.querySelector("#writing-checks");
    if (checks.contains(document.activeElement)) this.body.focus();
    else (checks.querySelector("button") ?? checks).focus();
  }
}

customElements.define("writing-desk", WritingDesk);
