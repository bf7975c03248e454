// The form: the two fields, what is wrong with them, and the buttons.

const CHANGES = ["create", "update", "delete"];

export class Editor {
  #form;
  #fields;
  #buttons;

  constructor(page, announce) {
    const byId = (id) => page.getElementById(id);
    this.#form = byId("editor");
    this.#fields = { fname: byId("fname"), lname: byId("lname") };
    this.#buttons = CHANGES.map(byId);
    this.#listen(page, announce);
  }

  #listen(page, announce) {
    const request = (type) => announce(type, this.#person());
    this.#form.addEventListener("click", ignoreSecondOfDoubleClick, { capture: true });
    this.#form.addEventListener("keydown", ignoreHeldEnter);
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      request("create");
    });
    page.getElementById("update").addEventListener("click", () => request("update"));
    page.getElementById("delete").addEventListener("click", () => request("delete"));
    page.getElementById("reset").addEventListener("click", () => announce("reset"));
    page.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) announce("reset");
    });
    for (const field of Object.values(this.#fields)) {
      field.addEventListener("input", () => mark(field, undefined));
    }
  }

  #person() {
    return { fname: this.#fields.fname.value, lname: this.#fields.lname.value };
  }

  fill({ fname, lname }) {
    this.#fields.fname.value = fname;
    this.#fields.lname.value = lname;
    this.#form.scrollIntoView({ block: "nearest" });
    this.focus();
  }

  /** Whether the fields still hold what was sent; meanwhile somebody may have gone on to the next person. */
  holds({ fname, lname }) {
    return this.#fields.fname.value === fname && this.#fields.lname.value === lname;
  }

  /** Empties the fields; whoever was typing goes on at the first one. */
  clear() {
    const wasTyping = Object.values(this.#fields).includes(document.activeElement);
    for (const field of Object.values(this.#fields)) field.value = "";
    this.markFaults({});
    if (wasTyping) this.#fields.fname.focus();
  }

  /** On a phone, focus would cover half of the page with a keyboard before anybody wants to type. */
  focus() {
    if (!matchMedia("(pointer: coarse)").matches) this.#fields.fname.focus();
  }

  markFaults(faults) {
    for (const [name, field] of Object.entries(this.#fields)) mark(field, faults[name]);
    this.#form.querySelector("[aria-invalid]")?.focus();
  }

  /** The buttons stay focusable while a change runs, lest the keyboard's place be lost. */
  showChanging(change) {
    for (const button of this.#buttons) {
      button.ariaDisabled = "true";
      button.ariaBusy = button.id === change ? "true" : null;
    }
  }

  showSettled() {
    for (const button of this.#buttons) button.ariaDisabled = button.ariaBusy = null;
  }
}

function mark(field, fault) {
  field.ariaInvalid = fault === undefined ? null : "true";
  document.getElementById(`${field.id}-fault`).textContent = fault ?? "";
}

/** The first click may be done and the fields empty by the time the second one comes. */
function ignoreSecondOfDoubleClick(event) {
  if (event.detail > 1 && event.target.closest("button")) {
    event.preventDefault();
    event.stopPropagation();
  }
}

function ignoreHeldEnter(event) {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
}
