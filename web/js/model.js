// The people as the page knows them: talks to the API and announces what comes of it. It knows nothing of the page.
//
// Events: `reading`, `read` {people, offset, more}, `unread` {failure},
//         `changing` {change}, `changed` {change, person}, `unchanged` {failure}.

import { Api } from "./api.js";

/** How many people are shown at once. */
const PAGE = 20;

export class Model extends EventTarget {
  #api;
  #offset = 0;
  #reading = new AbortController();
  #isChanging = false;

  /** @param {URL} people where the API's people are */
  constructor(people) {
    super();
    this.#api = new Api(people);
  }

  create(person) {
    return this.#change("create", person, () => this.#api.create(person));
  }

  update(person) {
    return this.#change("update", person, () => this.#api.update(person));
  }

  delete(person) {
    return this.#change("delete", person, () => this.#api.delete(person.lname));
  }

  readNext() {
    return this.read(this.#offset + PAGE);
  }

  readPrevious() {
    return this.read(this.#offset - PAGE);
  }

  /** Reads the page of the list that begins at `offset`; a later call overtakes an earlier one. */
  async read(offset = this.#offset) {
    this.#reading.abort();
    const { signal } = (this.#reading = new AbortController());
    this.#offset = Math.max(0, offset);
    this.#announce("reading");
    try {
      const page = await this.#readPage(signal);
      if (!signal.aborted) this.#announce("read", page);
    } catch (failure) {
      if (!signal.aborted) this.#announce("unread", { failure });
    }
  }

  /** One more than the page holds is requested, to learn whether another page follows. */
  async #readPage(signal) {
    const people = await this.#api.readAll(PAGE + 1, this.#offset, signal);
    if (people.length === 0 && this.#offset > 0 && !signal.aborted) {
      this.#offset = Math.max(0, this.#offset - PAGE);
      return this.#readPage(signal);
    }
    return { people: people.slice(0, PAGE), offset: this.#offset, more: people.length > PAGE };
  }

  /** One change at a time: what is requested while one runs is a second press of the same button. */
  async #change(change, person, send) {
    if (this.#isChanging) return;
    this.#isChanging = true;
    this.#announce("changing", { change });
    try {
      await send();
      this.#isChanging = false;
      this.#announce("changed", { change, person });
      await this.read();
    } catch (failure) {
      this.#isChanging = false;
      this.#announce("unchanged", { failure });
    }
  }

  #announce(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
