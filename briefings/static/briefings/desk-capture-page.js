// Receives the page that the bookmarklet sends from the window that opened this one, and shows it before it is sent on.

const LONGEST_WAIT = 8000; // milliseconds

class ReceivedPage extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!window.opener) return; // the page says what to do
    this.show("waiting");
    this.receive = (event) => this.take(event);
    window.addEventListener("message", this.receive);
    this.timer = setTimeout(() => this.show("nothing"), LONGEST_WAIT);
    window.opener.postMessage(this.dataset.ready, "*"); // says only that we are here: whoever opened us may know
  }

  take({ source, origin, data }) {
    if (source !== window.opener || typeof data?.html !== "string" || typeof data?.address !== "string") return;
    window.removeEventListener("message", this.receive);
    clearTimeout(this.timer);
    const size = new TextEncoder().encode(data.html).length;
    if (size > Number(this.dataset.largest)) return this.show("large");
    const address = sameOrigin(data.address, origin) ? data.address : origin;
    this.form.elements.html.value = data.html;
    this.form.elements.address.value = address.startsWith("http") ? address : "";
    this.querySelector("[data-title]").textContent = String(data.title ?? "").slice(0, 300) || address;
    this.querySelector("[data-address]").textContent = address;
    this.querySelector("[data-size]").textContent = `${Math.ceil(size / 1000)} kB`;
    this.show("arrived");
    this.querySelector("input[type=submit]").focus();
  }

  show(name) {
    for (const part of this.querySelectorAll("[data-shown]")) part.hidden = part.dataset.shown !== name;
  }
}

function sameOrigin(address, origin) {
  try {
    return new URL(address).origin === origin;
  } catch {
    return false;
  }
}

customElements.define("received-page", ReceivedPage);
