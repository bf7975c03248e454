// The rows of the table: one for each person, reached by mouse, finger and keys.

import { showName } from "../name.js";
import { local, machineReadable } from "./time.js";

/** Where the arrow keys and their like move from a row. */
const STEPS = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => Infinity,
};

export class Rows {
  #body;
  #template;
  #people = [];
  #selected;

  constructor(page, announce) {
    this.#body = page.getElementById("people").tBodies[0];
    this.#template = page.getElementById("row");
    this.#listen((event) => {
      const row = event.target.closest("tr");
      if (row) announce("select", this.#people[row.sectionRowIndex]);
    });
  }

  #listen(select) {
    this.#body.addEventListener("dblclick", select);
    this.#body.addEventListener("mousedown", (event) => {
      // A double click would also select the word under it.
      if (event.detail > 1) event.preventDefault();
    });
    this.#body.addEventListener("click", (event) => {
      // A finger has no double click worth the name.
      if (event.pointerType === "touch") select(event);
    });
    this.#body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") select(event);
      else if (!this.#step(event)) return;
      event.preventDefault();
    });
    this.#body.addEventListener("focusin", (event) => this.#makeTabStop(event.target.closest("tr")));
  }

  /** Shows these people. A list that is the same stays as it is: somebody may be about to click on it. */
  show(people) {
    if (JSON.stringify(people) === JSON.stringify(this.#people)) return;
    const focused = this.#focused();
    this.#people = people;
    this.#body.replaceChildren(...people.map((person) => this.#row(person)));
    this.#makeTabStop(this.#body.rows[0]);
    if (focused >= 0) this.#focus(focused);
  }

  /** Marks whoever is in the form, now and in what is shown from now on. */
  markSelected(lname) {
    this.#selected = lname;
    for (const [at, row] of [...this.#body.rows].entries()) row.ariaSelected = String(this.#people[at].lname === lname);
  }

  /** Lights up a person's row, if it is here; goes to it if `isSought`. */
  light(lname, isSought) {
    const row = this.#body.rows[this.#people.findIndex((person) => person.lname === lname)];
    row?.classList.add("changed");
    row?.addEventListener("animationend", () => row.classList.remove("changed"), { once: true });
    if (!isSought) return;
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "center" });
  }

  #row({ fname, lname, timestamp }) {
    const row = this.#template.content.cloneNode(true).firstElementChild;
    const [first, last, time] = row.querySelectorAll("bdi, time");
    showName(first, fname);
    showName(last, lname);
    time.textContent = timestamp;
    time.dateTime = machineReadable(timestamp);
    time.title = `${local(timestamp)} here`;
    row.ariaSelected = String(lname === this.#selected);
    return row;
  }

  /** Moves the focus by the key; false if the key has no meaning. */
  #step({ key }) {
    const step = STEPS[key];
    if (step) this.#focus(step(this.#focused()));
    return step !== undefined;
  }

  #focused() {
    return [...this.#body.rows].indexOf(document.activeElement);
  }

  #focus(at) {
    const last = this.#body.rows.length - 1;
    this.#body.rows[Math.min(Math.max(at, 0), last)]?.focus();
  }

  /** The tab key stops at one row; the arrow keys move to the others. */
  #makeTabStop(chosen) {
    for (const row of this.#body.rows) row.tabIndex = row === chosen ? 0 : -1;
  }
}
