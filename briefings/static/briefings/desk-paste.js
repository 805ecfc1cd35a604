// What comes from a word processor is pasted as Markdown: the site reads it, and says what was left out. Plain text, and
// whatever the site does not answer in time, goes in as the browser would have put it. One undo takes it back.

const PATIENCE = 8000; // ms
const LARGEST = 4_000_000; // characters that the site reads
const STRUCTURE =
  /<(?:h[1-6]|b|strong|i|em|ul|ol|li|blockquote|table|sup)\b|<a\s[^>]*href|font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic|mso-/i;
const BLOCKS = /\n\n|^(?:#{1,6} |[-*>] |\d+\. |\[\^)/;

/** Put words where the cursor is, in a way that the browser can undo. */
function insert(field, words) {
  field.focus();
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertFromPaste" }));
}

/** Give blocks an empty line on both sides; words within a paragraph stay in it. */
function spaced(field, markdown) {
  if (!BLOCKS.test(markdown)) return markdown;
  const before = field.value.slice(0, field.selectionStart);
  const after = field.value.slice(field.selectionEnd);
  const start = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const end = !after || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  return start + markdown + end;
}

class PasteLine extends HTMLElement {
  connectedCallback() {
    this.field = document.getElementById("id_body");
    this.wantsPlain = false;
    this.field?.addEventListener("keydown", this);
    this.field?.addEventListener("paste", this);
  }

  disconnectedCallback() {
    this.field?.removeEventListener("keydown", this);
    this.field?.removeEventListener("paste", this);
  }

  handleEvent(event) {
    if (event.type === "keydown") {
      this.wantsPlain = event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
      return;
    }
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    const html = event.clipboardData?.getData("text/html") ?? "";
    const asPlain = this.wantsPlain || event.defaultPrevented || html.length > LARGEST || !STRUCTURE.test(html);
    this.wantsPlain = false;
    if (asPlain) return;
    event.preventDefault();
    this.paste(html, plain);
  }

  async paste(html, plain) {
    const { selectionStart, selectionEnd, value } = this.field;
    this.say(this.dataset.waiting);
    const answer = await this.ask(html, value);
    if (this.field.value === value) this.field.setSelectionRange(selectionStart, selectionEnd);
    const markdown = answer?.markdown;
    insert(this.field, markdown ? spaced(this.field, markdown) : plain);
    this.say(answer?.said ?? this.dataset.plain);
  }

  async ask(html, value) {
    const taken = [...value.matchAll(/\[\^([^\s\[\]]{1,100})\]/g)].map((found) => found[1]);
    const body = new URLSearchParams({ html, taken: [...new Set(taken)].join(" ") });
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const sent = { method: "POST", body, signal, headers: { "X-CSRFToken": token }, redirect: "error" };
      return await (await fetch(this.dataset.address, sent)).json();
    } catch {
      return null;
    }
  }

  say(words) {
    this.querySelector("[role=status]").textContent = words;
  }
}

customElements.define("paste-line", PasteLine);
