// The messages of the page: failures, which interrupt, and news, which do not and may offer a step. Screen readers announce both.

/** How long a failure stays, in milliseconds; not while somebody points at it or has the focus in it. */
const STAY = 20_000;

/** A button in a message. @typedef {{label: string, type: string, detail: unknown}} Step what it announces when it is pressed */

export class Notice {
  #box;
  #alert;
  #dismiss;
  #status;
  #button;
  #step;
  #timer;

  /** @param {() => void} leave called when the button that has the focus vanishes */
  constructor(page, announce, leave) {
    const byId = (id) => page.getElementById(id);
    this.#box = byId("notice");
    this.#alert = byId("alert");
    this.#dismiss = byId("dismiss");
    this.#status = byId("status");
    this.#button = byId("step");
    this.#dismiss.addEventListener("click", () => {
      this.clear();
      leave();
    });
    this.#button.addEventListener("click", () => {
      const { type, detail } = this.#step;
      this.clear();
      leave();
      announce(type, detail);
    });
    for (const stay of ["pointerenter", "focusin"]) this.#box.addEventListener(stay, () => this.#stop());
    for (const go of ["pointerleave", "focusout"]) this.#box.addEventListener(go, () => this.#hideLater());
  }

  get isAlert() {
    return !this.#dismiss.hidden;
  }

  alert({ title, detail }) {
    this.clear();
    this.#alert.replaceChildren(line("strong", title), line("p", detail));
    this.#dismiss.hidden = false;
    this.#box.scrollIntoView({ block: "nearest" });
    this.#hideLater();
  }

  /** Says that something was done. */
  inform(words, step) {
    this.#say("done", words, step);
  }

  /** Says how things are. */
  note(words, step) {
    this.#say("note", words, step);
  }

  /** Adds a step to the message that is shown; there is none any more if it has been overtaken. */
  offer(step) {
    if (this.#status.textContent === "" || this.#step) return;
    this.#step = step;
    this.#button.textContent = step.label;
    this.#button.hidden = false;
  }

  clear() {
    this.#stop();
    this.#alert.replaceChildren();
    this.#dismiss.hidden = true;
    this.#status.textContent = "";
    this.#step = undefined;
    this.#button.hidden = true;
  }

  #say(kind, words, step) {
    this.clear();
    this.#status.dataset.kind = kind;
    this.#status.textContent = words;
    if (step) this.offer(step);
  }

  #hideLater() {
    this.#stop();
    if (!this.isAlert || this.#box.matches(":hover, :focus-within")) return;
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
