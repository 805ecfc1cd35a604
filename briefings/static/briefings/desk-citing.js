// <citation-picker>: cites statements in the text in #id_body. A dialog finds them, a list completes keys while one
// types, and words that were pasted are looked up in what is held. The text is changed by what was chosen alone.

import { Choices, made } from "./desk-citing-list.js";
import { citing, completing, nearestKey, placeOf, quoting, typedKey } from "./desk-citing-text.js";

const SETTLED = 130; // milliseconds without a key before the site is asked
const AFTER_PASTE = 250; // milliseconds in which what was pasted comes to stand in the text
const FEWEST_WORDS = 5;
const LONGEST = 20_000; // characters that are looked up

class CitationPicker extends HTMLElement {
  connectedCallback() {
    this.text = document.getElementById("id_body");
    if (!this.text || this.dialog) return;
    this.dialog = this.querySelector("dialog");
    this.words = this.querySelector("#cite-words");
    this.asked = 0;
    this.results = new Choices(this.words, this.querySelector("#cite-results"), (item, event) => event.detail > 1 || item.offers ? this.choose(item, false) : this.words.focus());
    this.completion = this.querySelector("[data-complete]");
    this.offers = this.querySelector("[data-offers]");
    this.text.after(this.completion, this.offers);
    this.completions = new Choices(this.text, this.completion.querySelector("ul"), (item) => this.complete(item));
    this.text.setAttribute("aria-autocomplete", "list");
    this.setUpDialog();
    this.setUpText();
  }

  setUpDialog() {
    this.on("[data-open]", () => this.open());
    this.on("[data-where]", () => this.whereSelected());
    this.on("[data-close]", () => this.dialog.close());
    this.on("[data-insert]", () => this.choose(this.results.item, false));
    this.on("[data-insert-words]", () => this.choose(this.results.item, true));
    this.dialog.addEventListener("close", () => this.back());
    this.dialog.addEventListener("input", () => this.later(() => this.find()));
    this.dialog.addEventListener("keydown", (event) => this.onDialogKey(event));
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
  }

  setUpText() {
    this.text.addEventListener("keydown", (event) => this.onTextKey(event));
    this.text.addEventListener("input", () => this.onInput());
    this.text.addEventListener("blur", () => this.stopCompleting());
    this.text.addEventListener("click", () => this.stopCompleting());
    this.text.addEventListener("paste", (event) => this.onPaste(event));
    document.addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.defaultPrevented) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      this.open();
    });
  }

  on(selector, act) {
    this.querySelector(selector).addEventListener("click", act);
  }

  later(act, after = SETTLED) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(act, after);
  }

  say(sentence) {
    const said = this.querySelector("[data-said]");
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  // The site

  /** The answer of the site as an object, or null after saying what went wrong; undefined where it came too late. */
  async ask(address, options) {
    const asked = ++this.asked;
    const answer = await fetch(address, { headers: { Accept: "application/json" }, ...options }).catch(() => null);
    if (asked !== this.asked) return undefined;
    if (answer?.ok && !answer.redirected) return answer.json();
    this.fail(answer?.redirected || answer?.status === 403 ? this.dataset.out : this.dataset.lost);
    return null;
  }

  fail(sentence) {
    if (this.dialog.open) this.querySelector("[data-count]").textContent = sentence;
    else this.say(sentence);
  }

  // The dialog

  open() {
    this.stopCompleting();
    this.place = [this.text.selectionStart, this.text.selectionEnd, this.text.scrollTop];
    this.written = null;
    const selected = this.text.value.slice(this.place[0], this.place[1]).trim().slice(0, 200);
    this.words.value = selected.split(/\s+/).length > 8 ? "" : selected;
    for (const filter of this.filters()) {
      if (filter.type === "checkbox") filter.checked = false;
      else filter.value = "";
    }
    const near = nearestKey(this.text.value, this.place[0]);
    const tick = this.querySelector("[data-filter=near]");
    tick.value = near;
    tick.disabled = !near;
    this.querySelector("[data-near-label]").title = near;
    this.say("");
    this.shown = null;
    this.dialog.showModal();
    this.words.focus();
    this.words.select();
    this.find();
  }

  /** The focus is again where it was, or behind what was written. */
  back() {
    this.asked += 1;
    clearTimeout(this.waiting);
    const [start, end, scroll] = this.place;
    this.text.focus({ preventScroll: true });
    if (this.written) {
      this.write(this.written);
    } else {
      this.text.setSelectionRange(start, end);
      this.text.scrollTop = scroll;
    }
  }

  filters() {
    return this.querySelectorAll("[data-filter]");
  }

  /** What the fields ask for, as an address does. */
  query() {
    const query = new URLSearchParams({ q: this.words.value });
    for (const filter of this.filters()) {
      if (filter.type === "checkbox" ? filter.checked : filter.value) query.set(filter.dataset.filter, filter.value);
    }
    return query.toString();
  }

  async find() {
    const query = this.query();
    const found = await this.ask(`${this.dataset.find}?${query}`);
    if (!found) return;
    this.shown = query;
    const sources = found.sources.map((source) => ({ offers: source }));
    this.results.show([...found.statements, ...sources], (item) => item.offers ? this.drawSource(item.offers) : this.drawStatement(item));
    const count = this.results.items.length;
    const sentence = count === 0 ? this.dataset.none : count === 1 ? this.dataset.foundOne : this.dataset.found.replace("0", count);
    this.querySelector("[data-count]").textContent = sentence;
    this.results.list.scrollTop = 0;
  }

  drawStatement(one) {
    const words = made("span", "cite-words", one.quotation ? `“${one.words}”` : one.words, one);
    const meta = made("span", "cite-meta", [one.route, one.date, one.standing].filter(Boolean).join(" · "));
    const key = made("span", "cite-key", `@${one.key}`);
    key.append(made("span", "cite-from", one.source));
    if (one.draft) key.append(made("span", "cite-draft", this.dataset.draft));
    return [words, meta, key];
  }

  drawSource(source) {
    const meta = made("span", "cite-meta", [source.about, source.count].filter(Boolean).join(" · "));
    if (source.draft) meta.append(made("span", "cite-draft", this.dataset.draft));
    return [made("span", "cite-words cite-source", source.title, source), meta];
  }

  onDialogKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && event.target.matches("input")) {
      event.preventDefault();
      this.chooseFound(event.shiftKey);
    } else if (event.target === this.words) {
      this.results.takes(event);
    }
  }

  /** Take what answers the words as they are now: whoever types and presses Enter at once gets no earlier answer. */
  async chooseFound(withWords) {
    for (let tries = 0; tries < 3 && this.dialog.open && this.shown !== this.query(); tries += 1) {
      clearTimeout(this.waiting);
      await this.find();
    }
    if (this.dialog.open && this.shown === this.query()) this.choose(this.results.item, withWords);
  }

  choose(item, withWords) {
    if (!item) return;
    if (item.offers) {
      this.words.value = "";
      this.querySelector("[data-filter=source]").value = item.offers.key;
      this.words.focus();
      this.find();
      return;
    }
    const [start, end] = this.place;
    const text = this.text.value;
    this.written = withWords ? quoting(text, start, end, item.insert) : citing(text, withWords ? start : end, end, item.key);
    this.say((this.written ? this.dataset.cited : this.dataset.there).replace("KEY", item.key));
    this.dialog.close();
  }

  /** Put words in place of a part of the text, so that it can be taken back with the keys for that. */
  write({ start, end, insert }) {
    this.text.focus({ preventScroll: true });
    this.text.setSelectionRange(start, end);
    this.isWriting = true;
    if (!document.execCommand("insertText", false, insert)) {
      this.text.setRangeText(insert, start, end, "end");
      this.text.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    this.isWriting = false;
    this.text.setSelectionRange(start + insert.length, start + insert.length);
  }

  // Keys, completed while they are typed

  onInput() {
    if (this.isWriting) return;
    const at = this.text.selectionStart;
    const typed = at === this.text.selectionEnd && typedKey(this.text.value, at);
    if (!typed || this.dialog.open) {
      this.stopCompleting();
      return;
    }
    this.completing = this.text.value.length;
    this.later(() => this.offerKeys(typed.typed));
  }

  async offerKeys(typed) {
    const found = await this.ask(`${this.dataset.find}?${new URLSearchParams({ key: typed })}`);
    if (!found || this.completing !== this.text.value.length || document.activeElement !== this.text) return;
    if (!found.statements.length) {
      this.stopCompleting();
      return;
    }
    this.completion.hidden = false;
    this.text.setAttribute("aria-controls", this.completions.list.id);
    this.completions.show(found.statements, (one) => this.drawCompletion(one));
    this.say(this.dataset.lists);
  }

  drawCompletion(one) {
    const key = made("span", "cite-key", `@${one.key}`);
    if (one.draft) key.append(made("span", "cite-draft", this.dataset.draft));
    return [key, made("span", "cite-words", one.words, one), made("span", "cite-meta", one.route)];
  }

  get isCompleting() {
    return !this.completion.hidden;
  }

  stopCompleting() {
    this.completing = null;
    if (!this.isCompleting) return;
    this.asked += 1;
    this.completion.hidden = true;
    this.completions.clear();
    this.text.removeAttribute("aria-controls");
    this.say("");
  }

  complete(item) {
    const change = item && completing(this.text.value, this.text.selectionStart, item.key);
    this.stopCompleting();
    if (!change) return;
    this.write(change);
    if (!change.insert.endsWith("]") && this.text.value[this.text.selectionStart] === "]") this.text.selectionStart += 1;
    this.stopCompleting();
    this.say(this.dataset.cited.replace("KEY", item.key));
  }

  /** While the list is open it has the arrows, Enter, Tab and Escape; else they are the text's. */
  onTextKey(event) {
    if (!this.isCompleting || event.isComposing || this.completions.takes(event)) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.stopCompleting();
    } else if ((event.key === "Enter" || event.key === "Tab") && !(event.shiftKey || event.ctrlKey || event.metaKey || event.altKey)) {
      event.preventDefault();
      this.complete(this.completions.item);
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.stopCompleting();
    }
  }

  // Words that stand in a held source

  onPaste(event) {
    const words = event.clipboardData?.getData("text/plain").trim() ?? "";
    this.offers.replaceChildren();
    if (words.split(/\s+/).length < FEWEST_WORDS || words.length > LONGEST) return;
    const at = this.text.selectionStart;
    setTimeout(() => this.where(words, at, true), AFTER_PASTE);
  }

  whereSelected() {
    const [start, end] = [this.text.selectionStart, this.text.selectionEnd];
    this.offers.replaceChildren();
    const words = this.text.value.slice(start, end);
    if (words.trim().split(/\s+/).length < FEWEST_WORDS) this.say(this.dataset.short);
    else this.where(words, start, false);
  }

  /** Ask where words stand and offer what can be done; a paste that stands nowhere is not spoken of. */
  async where(words, at, isQuiet) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ text: words });
    const answer = await fetch(this.dataset.standing, { method: "POST", body, headers: { "X-CSRFToken": token } }).catch(() => null);
    const found = answer?.ok && !answer.redirected ? await answer.json() : null;
    if (!found && !isQuiet) this.say(answer?.redirected || answer?.status === 403 ? this.dataset.out : this.dataset.lost);
    if (!found) return;
    if (!found.offers.length && !isQuiet) this.say(this.dataset.nowhere);
    this.offers.replaceChildren(...found.offers.map((offer) => this.drawOffer(offer, at, token)));
  }

  drawOffer(offer, at, token) {
    const notice = made("section", "cite-offer");
    const [before, behind] = this.dataset.stands.split("TITLE");
    const head = made("p", "", before);
    head.append(made("bdi", "", offer.source, offer), behind, offer.about ? ` (${offer.about})` : "");
    const acts = made("div", "cite-acts");
    for (const choice of offer.choices) {
      acts.append(this.button(this.dataset.citeWords.replace("KEY", choice.key), "button", () => this.quote(notice, offer, choice, at)));
    }
    acts.append(this.makeForm(offer, token));
    acts.append(this.button(this.dataset.dismiss, "button plain", () => this.dismiss(notice)));
    const words = made("p", "cite-words", offer.piece.length > 160 ? `${offer.piece.slice(0, 159)}…` : offer.piece, offer);
    notice.append(head, words, acts);
    return notice;
  }

  button(words, className, act) {
    const button = made("button", className, words);
    button.type = "button";
    button.addEventListener("click", act);
    return button;
  }

  /** A form that goes to the reading desk of the copy, in a window of its own, with the words selected there. */
  makeForm(offer, token) {
    const form = made("form", "");
    Object.assign(form, { method: "post", action: offer.select, target: "_blank" });
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token, selected: JSON.stringify(offer.selected) })) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    const button = made("button", "button plain", this.dataset.make);
    button.type = "submit";
    form.append(button);
    return form;
  }

  quote(notice, offer, choice, at) {
    const place = placeOf(this.text.value, offer.piece, at);
    if (place < 0) {
      this.say(this.dataset.moved);
      return;
    }
    let [start, end] = [place, place + offer.piece.length];
    if (/["“„«]/.test(this.text.value[start - 1] ?? "") && /["”“»]/.test(this.text.value[end] ?? "")) {
      start -= 1; // the marks stand around the words already
      end += 1;
    }
    this.write({ start, end, insert: choice.insert });
    this.say(this.dataset.cited.replace("KEY", choice.key));
    this.dismiss(notice);
  }

  dismiss(notice) {
    notice.remove();
    if (!this.offers.childElementCount || !this.offers.contains(document.activeElement)) this.text.focus();
  }
}

customElements.define("citation-picker", CitationPicker);
