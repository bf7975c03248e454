// The list of people: the table, what is said in its place, the search and the pages.

import { shown } from "../name.js";
import { Pager } from "./pager.js";
import { Rows } from "./rows.js";
import { Search } from "./search.js";

export class List {
  #section;
  #table;
  #rows;
  #absence;
  #clear;
  #failure;
  #hint;
  #pager;
  #search;
  #place;
  #changed;
  #sought;

  constructor(page, announce) {
    const byId = (id) => page.getElementById(id);
    this.#section = byId("list");
    this.#table = byId("people");
    this.#absence = byId("absence");
    this.#clear = byId("clear-search");
    this.#failure = byId("list-failure");
    this.#hint = byId("row-hint");
    this.#rows = new Rows(page, announce);
    this.#pager = new Pager(page, announce);
    this.#search = new Search(page, announce);
    this.#clear.addEventListener("click", () => announce("search", ""));
    byId("retry").addEventListener("click", () => announce("retry"));
  }

  limit(schema) {
    this.#search.limit(schema);
  }

  showReading() {
    this.#table.ariaBusy = "true";
  }

  showPeople({ people, place, start, total, pages }) {
    const wasAt = document.activeElement;
    this.#table.ariaBusy = "false";
    this.#failure.hidden = true;
    this.#rows.show(people);
    this.#rows.light(this.#changed, this.#sought);
    this.#changed = this.#sought = undefined;
    this.#hint.hidden = people.length === 0;
    this.#clear.hidden = place.q === "";
    this.#search.show(place.q);
    this.#showAbsence(people.length > 0 ? "" : nobody(place.q));
    this.#pager.show({ place, start, total, pages, count: people.length });
    this.#scrollToStart(place);
    // A button that has done what it was there for has vanished with the focus.
    if (wasAt.isConnected && !wasAt.checkVisibility()) this.#search.focus();
  }

  /** Why the list could not be read; what was there stays. */
  showUnread(why) {
    this.#table.ariaBusy = "false";
    if (!this.#place) this.#showAbsence("");
    this.#failure.querySelector("p").textContent = `The list could not be read. ${why}`;
    this.#failure.hidden = false;
    this.#failure.scrollIntoView({ block: "nearest" });
    this.#pager.showUnread();
  }

  markSelected(lname) {
    this.#rows.markSelected(lname);
  }

  /** The next list shows where the change was. */
  markChanged(lname) {
    this.#changed = lname;
  }

  /** The next list shows where a person is. */
  reveal(lname) {
    this.#changed = lname;
    this.#sought = true;
  }

  #showAbsence(words) {
    this.#absence.hidden = words === "";
    this.#absence.querySelector("p").textContent = words;
  }

  /** Another page begins at its beginning, for whoever has scrolled down on the one before. */
  #scrollToStart(place) {
    const isOther = this.#place && (this.#place.page !== place.page || this.#place.q !== place.q);
    this.#place = place;
    if (isOther && this.#section.getBoundingClientRect().top < 0) this.#section.scrollIntoView();
  }
}

function nobody(q) {
  return q === "" ? "Nobody is here yet. Create the first person." : `Nobody’s first or last name begins with “${shown(q)}”.`;
}
