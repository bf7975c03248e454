// The table of people. Names are only ever text.

import { Pager } from "./pager.js";

/** Where the arrow keys and their like move from a row. */
const STEPS = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: () => Infinity,
};

export class List {
  #table;
  #rows;
  #template;
  #absence;
  #retry;
  #hint;
  #pager;
  #people = [];
  #selected;
  #changed;

  constructor(page, announce) {
    const byId = (id) => page.getElementById(id);
    this.#table = byId("people");
    this.#rows = this.#table.tBodies[0];
    this.#template = byId("row");
    this.#absence = byId("absence");
    this.#retry = byId("retry");
    this.#hint = byId("row-hint");
    this.#pager = new Pager(page, announce);
    this.#retry.addEventListener("click", () => announce("retry"));
    this.#listenToRows(announce);
  }

  #listenToRows(announce) {
    const select = (event) => {
      const row = event.target.closest("tr");
      if (row) announce("select", this.#people[row.sectionRowIndex]);
    };
    this.#rows.addEventListener("dblclick", select);
    this.#rows.addEventListener("mousedown", (event) => {
      // A double click would also select the word under it.
      if (event.detail > 1) event.preventDefault();
    });
    this.#rows.addEventListener("click", (event) => {
      // A finger has no double click worth the name.
      if (event.pointerType === "touch") select(event);
    });
    this.#rows.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") select(event);
      else if (!this.#step(event)) return;
      event.preventDefault();
    });
    this.#rows.addEventListener("focusin", (event) => this.#makeTabStop(event.target.closest("tr")));
  }

  showReading() {
    this.#table.ariaBusy = "true";
    this.#retry.hidden = true;
  }

  showPeople({ people, offset, more }) {
    const focused = this.#focusedRow();
    this.#people = people;
    this.#table.ariaBusy = "false";
    this.#rows.replaceChildren(...people.map((person) => this.#row(person)));
    this.#makeTabStop(this.#rows.rows[0]);
    if (focused >= 0) this.#focus(focused);
    this.#changed = undefined;
    this.#hint.hidden = people.length === 0;
    this.#showAbsence(people.length === 0 ? "Nobody is here yet. Create the first person." : "");
    this.#pager.show(people.length, offset, more);
  }

  showUnread() {
    this.#table.ariaBusy = "false";
    this.#showAbsence("The list could not be read.");
    this.#retry.hidden = false;
  }

  /** Marks whoever is in the fields, on this page and on those read from now on. */
  markSelected(lname) {
    this.#selected = lname;
    for (const [at, row] of [...this.#rows.rows].entries()) {
      row.ariaSelected = String(this.#people[at].lname === lname);
    }
  }

  /** The next list shows where the change was. */
  markChanged(lname) {
    this.#changed = lname;
  }

  #row({ fname, lname, timestamp }) {
    const row = this.#template.content.cloneNode(true).firstElementChild;
    const [first, last, time] = row.querySelectorAll("bdi, time");
    first.textContent = fname;
    last.textContent = lname;
    time.textContent = timestamp;
    time.dateTime = `${timestamp.replace(" ", "T")}Z`;
    row.ariaSelected = String(lname === this.#selected);
    row.classList.toggle("changed", lname === this.#changed);
    return row;
  }

  #showAbsence(words) {
    this.#absence.hidden = words === "";
    this.#absence.querySelector("p").textContent = words;
  }

  /** Moves the focus by the key; false if the key has no meaning. */
  #step({ key }) {
    const step = STEPS[key];
    if (step) this.#focus(step(this.#focusedRow()));
    return step !== undefined;
  }

  #focusedRow() {
    return [...this.#rows.rows].indexOf(document.activeElement);
  }

  #focus(at) {
    const last = this.#rows.rows.length - 1;
    this.#rows.rows[Math.min(Math.max(at, 0), last)]?.focus();
  }

  /** The tab key stops at one row; the arrow keys move to the others. */
  #makeTabStop(chosen) {
    for (const row of this.#rows.rows) row.tabIndex = row === chosen ? 0 : -1;
  }
}
