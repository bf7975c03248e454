// Changes of people, one at a time, each only to the version that somebody has seen.

import { Failure } from "../failure.js";

/** A person as the API has it. @typedef {import("../api.js").Person} Person */

export class Changes {
  #api;
  #announce;
  #readList;
  #isChanging = false;
  /** Who is in the form, as last seen. @type {Person | undefined} */
  #selected;

  constructor(api, announce, readList) {
    this.#api = api;
    this.#announce = announce;
    this.#readList = readList;
  }

  /** Remembers who is in the form, and looks whether they are still like that. */
  async select(person) {
    this.#selected = person;
    await this.refresh();
  }

  /** Reads the selected person again, unless the tag says that nothing has changed. */
  async refresh() {
    const seen = this.#selected;
    if (!seen || this.#isChanging) return;
    try {
      const current = await this.#api.readOne(seen.lname, seen.etag);
      if (current && this.#selected === seen) this.#see(seen, current);
    } catch (failure) {
      // Any other failure shows itself with the next change.
      const isGone = failure.status === 404 || failure.kind === "unaddressable" || failure.status === 400;
      if (isGone && this.#selected === seen) this.#lose(seen, failure);
    }
  }

  #see(seen, current) {
    this.#selected = current;
    if (isSame(seen, current)) return;
    this.#announce("overtaken", { seen, current });
    this.#readList();
  }

  #lose(person, failure) {
    this.#selected = undefined;
    this.#announce("gone", { person, failure });
    if (failure.status === 404) this.#readList();
  }

  create(person) {
    return this.#change("create", person, () => this.#api.create(person));
  }

  /** Creates a person again who was deleted. */
  restore(person) {
    return this.#change("restore", person, () => this.#api.create({ fname: person.fname, lname: person.lname }));
  }

  /** Updates a person; without `seen`, whoever is selected was seen, if it is them. */
  update(person, seen) {
    return this.#change("update", person, async () => {
      const known = await this.#known(person, seen);
      const updated = await this.#api.update(person, known?.etag);
      if (this.#selectedAs(person)) this.#selected = updated;
      return updated;
    });
  }

  /** Deletes a person, whom it reads first if nobody has, so that they can be brought back. */
  delete(person, seen) {
    return this.#change("delete", person, async () => {
      const known = (await this.#known(person, seen)) ?? (await this.#api.readOne(person.lname));
      await this.#api.delete(person.lname, known.etag);
      return known;
    });
  }

  /** The version that somebody has seen, with its tag, which the list does not have; `undefined` if nobody has seen one. */
  async #known(person, seen = this.#selectedAs(person)) {
    if (!seen || seen.etag) return seen;
    const current = await this.#api.readOne(seen.lname);
    if (isSame(seen, current)) return current;
    throw new Failure("refused", { status: 412 });
  }

  #selectedAs({ lname }) {
    return this.#selected?.lname === lname ? this.#selected : undefined;
  }

  /** What is requested while a change runs is a second press of the same button. */
  async #change(action, person, send) {
    if (this.#isChanging) return;
    this.#isChanging = true;
    this.#announce("changing", { action });
    const outcome = await this.#outcome(action, person, send);
    this.#isChanging = false;
    this.#announce(...outcome);
    const { failure } = outcome[1];
    if (!failure || [404, 409, 412].includes(failure.status) || failure.kind === "late") await this.#readList();
  }

  /** The event that says what has become of a change. */
  async #outcome(action, person, send) {
    try {
      return ["changed", { action, person: { ...person, ...(await send()) } }];
    } catch (failure) {
      if (failure.status === 412) return this.#conflict(action, person);
      return this.#unchanged(action, person, failure);
    }
  }

  /** Who is gone cannot be updated any more. */
  #unchanged(action, person, failure) {
    if (failure.status === 404 && this.#selectedAs(person)) this.#selected = undefined;
    return ["unchanged", { action, person, failure }];
  }

  async #conflict(action, person) {
    try {
      const current = await this.#api.readOne(person.lname);
      return ["conflict", { action, person, current }];
    } catch (failure) {
      return this.#unchanged(action, person, failure);
    }
  }
}

function isSame(one, other) {
  return one.fname === other.fname && one.timestamp === other.timestamp;
}
