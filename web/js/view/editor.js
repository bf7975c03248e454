// The form: the two fields, who is selected, and the buttons.

import { keep, kept } from "./draft.js";
import { Field } from "./field.js";

const CHANGES = ["create", "update", "delete"];
const EMPTY = { fname: "", lname: "" };

/** What was typed, and who was selected. @typedef {{fname: string, lname: string, selected?: object}} Draft */

export class Editor {
  #form;
  #fields;
  #buttons;
  #enter;
  #selected;
  /** What the fields held before anybody typed. */
  #filled = EMPTY;

  constructor(page, announce) {
    const byId = (id) => page.getElementById(id);
    this.#form = byId("editor");
    this.#fields = { fname: new Field(page, "fname"), lname: new Field(page, "lname") };
    this.#buttons = CHANGES.map(byId);
    this.#enter = byId("enter");
    this.#listen(byId("reset"), announce);
  }

  #listen(reset, announce) {
    this.#form.addEventListener("click", ignoreSecondOfDoubleClick, { capture: true });
    this.#form.addEventListener("keydown", ignoreHeldEnter);
    // Enter in a field clicks the one button that submits.
    for (const button of this.#buttons) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        announce(button.id, this.person);
      });
    }
    reset.addEventListener("click", () => announce("reset"));
    this.#form.addEventListener("input", () => this.#showState());
  }

  get person() {
    return { fname: this.#fields.fname.value, lname: this.#fields.lname.value };
  }

  /** Whether somebody has typed something that is not sent. */
  get isTyped() {
    return !this.holds(this.#filled);
  }

  /** What was typed before the page was read again. @returns {Draft | undefined} */
  get draft() {
    return kept();
  }

  limit(schemaOf) {
    for (const [name, field] of Object.entries(this.#fields)) field.limit(schemaOf(name));
  }

  fill(person) {
    this.#put(person, person);
    this.#form.scrollIntoView({ block: "nearest" });
    this.focus();
  }

  /** @param {Draft} draft */
  giveBack({ selected, ...person }) {
    this.#put(selected ?? EMPTY, selected);
    for (const [name, field] of Object.entries(this.#fields)) field.value = person[name];
    this.#showState();
    this.focus();
  }

  select(person) {
    this.#selected = person;
    this.#showState();
  }

  /** Whether the fields still hold what was sent; meanwhile somebody may have gone on to the next person. */
  holds(person) {
    return Object.entries(this.#fields).every(([name, field]) => field.value === person[name].normalize());
  }

  /** Empties the fields; whoever was typing goes on at the first one. Returns what was typed, if anything was. */
  clear() {
    const draft = this.#typed();
    const wasTyping = Object.values(this.#fields).some((field) => field.hasFocus);
    this.#put(EMPTY, undefined);
    if (wasTyping) this.#fields.fname.focus();
    return draft;
  }

  /** On a phone, focus would cover half of the page with a keyboard before anybody wants to type. */
  focus() {
    if (!matchMedia("(pointer: coarse)").matches) this.#fields.fname.focus();
  }

  markFaults(faults) {
    for (const [name, field] of Object.entries(this.#fields)) field.mark(faults[name]);
    this.#form.querySelector("[aria-invalid]")?.focus();
  }

  /** The buttons stay focusable while a change runs, lest the keyboard's place be lost. */
  showChanging(action) {
    for (const button of this.#buttons) {
      button.ariaDisabled = "true";
      button.ariaBusy = button.id === action ? "true" : null;
    }
  }

  showSettled() {
    for (const button of this.#buttons) button.ariaDisabled = button.ariaBusy = null;
  }

  #put(person, selected) {
    this.#filled = { fname: person.fname, lname: person.lname };
    for (const [name, field] of Object.entries(this.#fields)) field.value = person[name];
    this.markFaults({});
    this.select(selected);
  }

  #typed() {
    return this.isTyped && !this.holds(EMPTY) ? { ...this.person, selected: this.#selected } : undefined;
  }

  /** Enter does what is most likely wanted: it updates whoever is selected, and creates anybody else. */
  #showState() {
    keep(this.#typed());
    const main = this.#selected && this.#selected.lname === this.#fields.lname.value ? "update" : "create";
    for (const button of this.#buttons) {
      button.type = button.id === main ? "submit" : "button";
      button.classList.toggle("primary", button.id === main);
    }
    this.#enter.textContent = `${main}s`;
  }
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
