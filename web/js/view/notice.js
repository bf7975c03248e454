// The messages of the page: failures, which interrupt, and news, which do not. Screen readers announce both.

/** How long a failure stays, in milliseconds; not while somebody points at it or has the focus in it. */
const STAY = 20_000;

export class Notice {
  #box;
  #alert;
  #dismiss;
  #status;
  #timer;

  /** @param {() => void} leave called when somebody has dismissed a failure, whose button then vanishes */
  constructor(page, leave) {
    this.#box = page.getElementById("notice");
    this.#alert = page.getElementById("alert");
    this.#dismiss = page.getElementById("dismiss");
    this.#status = page.getElementById("status");
    this.#dismiss.addEventListener("click", () => {
      this.clear();
      leave();
    });
    for (const stay of ["pointerenter", "focusin"]) this.#box.addEventListener(stay, () => this.#stop());
    for (const go of ["pointerleave", "focusout"]) this.#box.addEventListener(go, () => this.#hideLater());
  }

  /** @param {import("../failure.js").Failure} failure */
  alert({ title, detail }) {
    this.#status.textContent = "";
    this.#alert.replaceChildren(line("strong", title), line("p", detail));
    this.#dismiss.hidden = false;
    this.#box.scrollIntoView({ block: "nearest" });
    this.#hideLater();
  }

  inform(words) {
    this.clear();
    this.#status.textContent = words;
  }

  clear() {
    this.#stop();
    this.#alert.replaceChildren();
    this.#status.textContent = "";
    this.#dismiss.hidden = true;
  }

  #hideLater() {
    this.#stop();
    if (this.#box.matches(":hover, :focus-within")) return;
    this.#timer = setTimeout(() => this.clear(), STAY);
  }

  #stop() {
    clearTimeout(this.#timer);
  }
}

function line(tag, words) {
  const element = document.createElement(tag);
  element.dir = "auto";
  element.textContent = words;
  return element;
}
