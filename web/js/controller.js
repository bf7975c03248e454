// Joins model and view: the model does what the view requests, the view shows what the model announces.

import { Failure } from "./failure.js";

/** The fields that each change needs, and what they are called. */
const NEEDS = {
  create: { fname: "first name", lname: "last name" },
  update: { fname: "first name", lname: "last name" },
  delete: { lname: "last name" },
};

export class Controller {
  #model;
  #view;

  constructor(model, view) {
    this.#model = model;
    this.#view = view;
  }

  /** Joins the two and reads the list for the first time. */
  start() {
    this.#obeyView();
    this.#showModel();
    this.#model.read();
  }

  #obeyView() {
    const [model, view] = [this.#model, this.#view];
    for (const change of Object.keys(NEEDS)) {
      view.addEventListener(change, ({ detail: person }) => this.#change(change, person));
    }
    view.addEventListener("reset", () => view.reset());
    view.addEventListener("select", ({ detail: person }) => view.select(person));
    view.addEventListener("next", () => model.readNext());
    view.addEventListener("previous", () => model.readPrevious());
    view.addEventListener("retry", () => {
      view.clearNotice();
      model.read();
    });
  }

  #showModel() {
    const [model, view] = [this.#model, this.#view];
    model.addEventListener("reading", () => view.showReading());
    model.addEventListener("read", ({ detail: page }) => view.showPeople(page));
    model.addEventListener("unread", ({ detail }) => view.showUnread(detail.failure));
    model.addEventListener("changing", ({ detail }) => view.showChanging(detail.change));
    model.addEventListener("changed", ({ detail }) => view.showChanged(detail.change, detail.person));
    model.addEventListener("unchanged", ({ detail }) => view.showUnchanged(detail.failure));
  }

  #change(change, person) {
    const missing = Object.entries(NEEDS[change]).filter(([field]) => isMissing(change, person[field]));
    if (missing.length === 0) return this.#model[change](person);
    this.#view.showUnchanged(Failure.missing(missing));
  }
}

/** A name of spaces alone is a slip when it is new; if somebody has it already, it must be possible to change them. */
function isMissing(change, name) {
  return change === "create" ? name.trim() === "" : name === "";
}
