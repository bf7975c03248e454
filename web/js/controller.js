// Joins model and view: the model does what the view requests, the view shows what the model announces.

import { Address } from "./address.js";
import { Contract } from "./contract.js";
import { Failure } from "./failure.js";
import { inWords, whyUnread } from "./words.js";

export class Controller {
  #model;
  #view;
  #address;
  /** Limits nothing until the spec is there: the server decides in any case. */
  #contract = new Contract({});

  constructor(model, view) {
    this.#model = model;
    this.#view = view;
    this.#address = new Address(window, (place) => model.list.read(place));
  }

  /** Joins the two, and reads the list for the first time, and the spec. */
  start(spec) {
    this.#obeyForm();
    this.#obeyList();
    this.#showList();
    this.#showSelected();
    this.#showChanges();
    Contract.read(spec).then((contract) => this.#limit(contract));
    const draft = this.#view.giveBackDraft();
    this.#model.list.read(this.#address.place);
    this.#model.changes.select(draft?.selected);
    this.#refreshOnReturn();
  }

  /** Whoever comes back, from another window, tab or page, sees what has changed meanwhile. */
  #refreshOnReturn() {
    const refresh = () => document.visibilityState === "visible" && this.#model.refresh();
    for (const event of ["focus", "pageshow"]) window.addEventListener(event, refresh);
    document.addEventListener("visibilitychange", refresh);
  }

  #limit(contract) {
    this.#contract = contract;
    this.#view.limit(contract);
  }

  #obeyForm() {
    const [{ changes }, view] = [this.#model, this.#view];
    for (const action of ["create", "update", "delete"]) {
      view.addEventListener(action, ({ detail: person }) => this.#change(action, person));
    }
    view.addEventListener("restore", ({ detail: person }) => changes.restore(person));
    view.addEventListener("reset", () => {
      view.reset();
      changes.select(undefined);
    });
    view.addEventListener("give-back", ({ detail: draft }) => {
      view.giveBack(draft);
      changes.select(draft.selected);
    });
    view.addEventListener("keep-mine", ({ detail }) => changes[detail.action]?.(detail.person, detail.current));
    view.addEventListener("take-theirs", ({ detail }) => {
      view.take(detail.current);
      changes.select(detail.current);
    });
  }

  #obeyList() {
    const [{ list, changes }, view] = [this.#model, this.#view];
    view.addEventListener("select", ({ detail: person }) => {
      view.select(person);
      changes.select(person);
    });
    view.addEventListener("next", () => list.readNext());
    view.addEventListener("previous", () => list.readPrevious());
    view.addEventListener("page", ({ detail: page }) => list.readPage(page));
    view.addEventListener("search", ({ detail: q }) => list.search(q));
    view.addEventListener("find", ({ detail: lname }) => list.readPageOf(lname));
    view.addEventListener("retry", () => list.retry());
  }

  #showList() {
    const [model, view] = [this.#model, this.#view];
    model.addEventListener("reading", () => view.showReading());
    model.addEventListener("read", ({ detail: page }) => {
      this.#address.show(page.place, page.isCorrected);
      view.showPeople(page);
    });
    model.addEventListener("unread", ({ detail }) => view.showUnread(whyUnread(detail.failure)));
  }

  #showSelected() {
    const [model, view] = [this.#model, this.#view];
    model.addEventListener("overtaken", ({ detail }) => view.showOvertaken(detail.seen, detail.current));
    model.addEventListener("gone", ({ detail: { person, failure } }) => {
      view.showGone(inWords(failure, "open", person, this.#contract));
    });
  }

  #showChanges() {
    const [model, view] = [this.#model, this.#view];
    model.addEventListener("changing", ({ detail }) => view.showChanging(detail.action));
    model.addEventListener("changed", ({ detail }) => {
      if (view.showChanged(detail.action, detail.person)) model.changes.select(undefined);
    });
    model.addEventListener("unchanged", ({ detail }) => this.#showUnchanged(detail));
    model.addEventListener("conflict", ({ detail }) => view.showConflict(detail));
  }

  /** Sends a change, unless the spec says beforehand that the server would refuse it. */
  #change(action, person) {
    const errors = [...missing(action, person), ...this.#contract.check(action, person)];
    if (errors.length === 0) return this.#model.changes[action](person);
    this.#showUnchanged({ action, person, failure: new Failure("refused", { errors }) });
  }

  #showUnchanged({ action, person, failure }) {
    if (failure.status === 404) this.#view.deselect();
    this.#view.showUnchanged(inWords(failure, action, person, this.#contract));
  }
}

/** A name of spaces alone is a slip, and without a last name there is no address. */
function missing(action, person) {
  const needed = action === "delete" ? ["lname"] : ["fname", "lname"];
  return needed.filter((name) => person[name].trim() === "").map((name) => ({ name, keyword: "required" }));
}
