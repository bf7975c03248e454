// The page as a whole: shows what it is given, and announces what the person at it requests. It touches only the DOM.
//
// Events: `create`, `update`, `delete` and `select` {fname, lname}, `reset`, `next`, `previous`, `retry`.

import { Editor } from "./view/editor.js";
import { List } from "./view/list.js";
import { Notice } from "./view/notice.js";

/** The messages after a change. */
const NEWS = {
  create: (fname, lname) => `Created ${fname} ${lname}.`,
  update: (fname, lname) => `Updated ${fname} ${lname}.`,
  delete: (fname, lname) => `Deleted ${lname}.`,
};

export class View extends EventTarget {
  #editor;
  #list;
  #notice;

  /** @param {Document} page */
  constructor(page) {
    super();
    const announce = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail }));
    this.#editor = new Editor(page, announce);
    this.#list = new List(page, announce);
    this.#notice = new Notice(page, () => this.#editor.focus());
  }

  reset() {
    this.#clear();
    this.#editor.focus();
  }

  select(person) {
    this.#clear();
    this.#editor.fill(person);
    this.#list.markSelected(person.lname);
    this.#notice.inform(`Update or delete ${isolated(person.fname)} ${isolated(person.lname)}.`);
  }

  clearNotice() {
    this.#notice.clear();
  }

  showReading() {
    this.#list.showReading();
  }

  showPeople(page) {
    this.#list.showPeople(page);
  }

  showUnread(failure) {
    this.#list.showUnread();
    this.#notice.alert(failure);
  }

  showChanging(change) {
    this.#notice.clear();
    this.#editor.showChanging(change);
  }

  showChanged(change, person) {
    this.#editor.showSettled();
    if (this.#editor.holds(person)) this.#clear();
    this.#list.markChanged(person.lname);
    this.#notice.inform(NEWS[change](isolated(person.fname), isolated(person.lname)));
  }

  showUnchanged(failure) {
    this.#editor.showSettled();
    this.#editor.markFaults(failure.faults);
    this.#notice.alert(failure);
  }

  #clear() {
    this.#editor.clear();
    this.#list.markSelected(undefined);
    this.#notice.clear();
  }
}

/** A name between Unicode's isolates, so that its direction leaves the sentence around it alone. */
function isolated(name) {
  return `\u2068${name}\u2069`;
}
