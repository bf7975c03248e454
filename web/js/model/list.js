// The list, page by page, in the order of last names.

import { inOrder } from "./order.js";

/** How many people are shown at once. */
const LENGTH = 20;

/** For how long a list is fresh, in milliseconds. */
const FRESH = 1_000;

/** Part of the list. @typedef {import("../address.js").Place} Place */

export class List {
  #api;
  #announce;
  /** What is shown, what was requested last, and what could not be read. @type {Place} */
  #shown = { page: 1, q: "" };
  #wanted = this.#shown;
  #failed = this.#shown;
  #next;
  #reading = new AbortController();
  /** When the list was requested last. */
  #time = -Infinity;

  constructor(api, announce) {
    this.#api = api;
    this.#announce = announce;
  }

  /** Reads part of the list; a later call overtakes an earlier one, and a failure leaves what is shown. */
  read(place = this.#wanted) {
    this.#wanted = place;
    return this.#follow((signal) => this.#page(place, signal));
  }

  /** Reads again what is shown, unless that has just been done. */
  refresh() {
    if (performance.now() - this.#time > FRESH) return this.read();
  }

  retry() {
    return this.read(this.#failed);
  }

  /** The page behind the one that is shown; by its last person, lest a change elsewhere hides somebody or shows them twice. */
  readNext() {
    return this.read({ ...this.#shown, page: this.#shown.page + 1, after: this.#next });
  }

  readPrevious() {
    return this.readPage(this.#shown.page - 1);
  }

  readPage(page) {
    return this.read({ q: this.#shown.q, page });
  }

  search(q) {
    return this.read({ q, page: 1 });
  }

  /** Reads the page of the whole list that has a last name. */
  readPageOf(lname) {
    return this.#follow((signal) => this.#pageOf(lname, signal));
  }

  async #follow(read) {
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    this.#time = performance.now();
    this.#announce("reading");
    try {
      const page = await read(signal);
      if (!signal.aborted) this.#show(page);
    } catch (failure) {
      if (!signal.aborted) this.#leave(failure);
    }
  }

  #show(page) {
    this.#shown = this.#wanted = page.place;
    this.#next = page.people.at(-1)?.lname;
    this.#announce("read", page);
  }

  #leave(failure) {
    this.#failed = this.#wanted;
    this.#wanted = this.#shown;
    this.#announce("unread", { failure });
  }

  /** A page of the list; the last one, if the list is shorter than that. */
  async #page(place, signal) {
    const { page, q, after } = place;
    const start = after === undefined ? { offset: (page - 1) * LENGTH } : { after };
    const { people, total = (page - 1) * LENGTH + people.length } = await this.#api.readAll({ length: LENGTH, ...start, ...(q && { q }) }, signal);
    const pages = Math.max(1, Math.ceil(total / LENGTH));
    const isBehind = page > 1 && (people.length === 0 || page > pages) && !signal.aborted;
    if (isBehind) return { ...(await this.#page({ q, page: Math.min(pages, page - 1) }, signal)), isCorrected: true };
    return { people, place, total, pages, start: (page - 1) * LENGTH };
  }

  /** Halves what is left of the list until the page is found; or where the person would be, if there is none by that name. */
  async #pageOf(lname, signal) {
    let [first, last] = [1, 1];
    for (let page = 1; ; page = (first + last) >> 1) {
      const found = await this.#page({ q: "", page }, signal);
      if (page === 1) last = found.pages;
      if (found.people.length > 0 && inOrder(lname, found.people[0].lname) < 0) last = page - 1;
      else if (found.people.length > 0 && inOrder(found.people.at(-1).lname, lname) < 0) first = page + 1;
      else return found;
      if (first > last) return found;
    }
  }
}
