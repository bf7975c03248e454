// The search: what names begin with.

import { limit } from "./limit.js";

/** For how long to wait for the next letter, in milliseconds. */
const PAUSE = 250;

export class Search {
  #input;
  #timer;

  constructor(page, announce) {
    this.#input = page.getElementById("search");
    const search = () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      announce("search", this.#input.value);
    };
    this.#input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(search, PAUSE);
    });
    this.#input.form.addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
  }

  /** Not on a phone, where it would bring up a keyboard. */
  focus() {
    if (!matchMedia("(pointer: coarse)").matches) this.#input.focus();
  }

  limit(schema) {
    limit(this.#input, schema, () => {});
  }

  /** Shows what the list was searched for, unless somebody is typing the next search. */
  show(q) {
    if (this.#timer === undefined && this.#input.value !== q) this.#input.value = q;
  }
}
