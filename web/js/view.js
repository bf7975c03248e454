// The page as a whole: shows what it is given, and announces what the person at it requests. It touches only the DOM.
//
// Events of the form: `create`, `update` and `delete` {fname, lname}, `restore` person, `reset`, `give-back` draft,
// `keep-mine` and `take-theirs` {action, person, current}; of the list: `select` person, `next`, `previous`, `page` number,
// `search` text, `find` lname, `retry`.

import { shown } from "./name.js";
import { Conflict } from "./view/conflict.js";
import { Editor } from "./view/editor.js";
import { List } from "./view/list.js";
import { Notice } from "./view/notice.js";

/** The messages after a change. */
const NEWS = {
  create: ({ fname, lname }) => `Created ${shown(fname)} ${shown(lname)}.`,
  restore: ({ fname, lname }) => `${shown(fname)} ${shown(lname)} is back, with the present time.`,
  update: ({ fname, lname }) => `Updated ${shown(fname)} ${shown(lname)}.`,
  delete: ({ fname, lname }) => `Deleted ${shown(fname)} ${shown(lname)}.`,
};

export class View extends EventTarget {
  #editor;
  #list;
  #notice;
  #conflict;
  /** Who has been created, until a list shows whether they are on the page in view. */
  #created;

  /** @param {Document} page */
  constructor(page) {
    super();
    const announce = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail }));
    this.#editor = new Editor(page, announce);
    this.#list = new List(page, announce);
    this.#notice = new Notice(page, announce, () => this.#editor.focus());
    this.#conflict = new Conflict(page, announce);
    page.addEventListener("keydown", (event) => this.#escape(event, announce));
    this.addEventListener("find", ({ detail: lname }) => this.#list.reveal(lname));
  }

  /** Escape takes away a message, or else what is in the form; a dialog and the search have an Escape of their own. */
  #escape({ key, isComposing, target }, announce) {
    if (key !== "Escape" || isComposing || target.closest("dialog, .search, .jump")) return;
    if (this.#notice.isAlert) this.#notice.clear();
    else announce("reset");
  }

  /** Shows the limits of the spec on the inputs. */
  limit(contract) {
    this.#editor.limit((name) => contract.schema("create", name));
    this.#list.limit(contract.schema("search", "q"));
  }

  reset() {
    const draft = this.#clear();
    this.#editor.focus();
    if (draft) this.#notice.inform("The form is empty.", giveBack(draft));
  }

  select(person) {
    this.#fill(person, `${shown(person.fname)} ${shown(person.lname)} is selected.`);
  }

  /** Shows the version that is now kept in place of what was typed, which can be had back. */
  take(person) {
    const words = `The form shows ${shown(person.fname)} ${shown(person.lname)}, as kept now.`;
    this.#fill(person, words, { selected: person });
  }

  /** What was typed can be had back, with whoever was selected then or is given. */
  #fill(person, words, given = {}) {
    const draft = this.#clear();
    this.#editor.fill(person);
    this.#list.markSelected(person.lname);
    this.#notice.note(words, draft && giveBack({ ...draft, ...given }));
  }

  giveBack(draft) {
    this.#clear();
    this.#editor.giveBack(draft);
    this.#list.markSelected(draft.selected?.lname);
  }

  /** Gives back what was typed before the page was left or read again; returns it. */
  giveBackDraft() {
    const draft = this.#editor.draft;
    if (draft) this.giveBack(draft);
    return draft;
  }

  showReading() {
    this.#list.showReading();
  }

  showPeople(page) {
    this.#list.showPeople(page);
    const created = this.#created;
    this.#created = undefined;
    if (created === undefined || page.people.some(({ lname }) => lname === created)) return;
    this.#notice.offer({ label: "Show in the list", type: "find", detail: created });
  }

  showUnread(why) {
    this.#list.showUnread(why);
  }

  /** The selected person has been changed elsewhere: nothing is lost where nothing was typed, else the person decides. */
  showOvertaken(seen, current) {
    if (this.#editor.isTyped) return this.showConflict({ action: "edit", person: this.#editor.person, current });
    this.#editor.fill(current);
    this.#notice.note(`${shown(seen.fname)} ${shown(seen.lname)} was changed meanwhile: the form shows it.`);
  }

  /** Leaves the form as it is, for somebody new. */
  deselect() {
    this.#editor.select(undefined);
    this.#list.markSelected(undefined);
  }

  showGone(words) {
    this.deselect();
    this.#notice.alert(words);
    this.#editor.markFaults(words.faults);
  }

  showConflict(conflict) {
    this.#editor.showSettled();
    this.#conflict.show(conflict);
  }

  showChanging(action) {
    this.#notice.clear();
    this.#editor.showChanging(action);
  }

  /** Returns whether the form is empty after that: it is not if somebody has gone on typing. */
  showChanged(action, person) {
    this.#editor.showSettled();
    const isDone = this.#editor.holds(person) || (action === "delete" && this.#editor.person.lname === person.lname);
    if (isDone) this.#clear();
    this.#list.markChanged(person.lname);
    if (action === "create" || action === "restore") this.#created = person.lname;
    const undo = action === "delete" ? { label: "Undo", type: "restore", detail: person } : undefined;
    this.#notice.inform(NEWS[action](person), undo);
    return isDone;
  }

  showUnchanged(words) {
    this.#editor.showSettled();
    this.#editor.markFaults(words.faults);
    this.#notice.alert(words);
  }

  /** Empties the form; returns what was typed there, if anything was. */
  #clear() {
    const draft = this.#editor.clear();
    this.#list.markSelected(undefined);
    this.#notice.clear();
    return draft;
  }
}

function giveBack(draft) {
  return { label: "Bring back what was typed", type: "give-back", detail: draft };
}
