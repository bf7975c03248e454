// A field of the form, and what is wrong with it.

import { limit } from "./limit.js";

export class Field {
  #input;
  #fault;
  #isCut = false;

  constructor(page, id) {
    this.#input = page.getElementById(id);
    this.#fault = page.getElementById(`${id}-fault`);
    this.#input.addEventListener("input", () => {
      if (!this.#isCut) this.mark(undefined);
      this.#isCut = false;
    });
  }

  limit(schema) {
    limit(this.#input, schema, (count) => {
      this.#isCut = true;
      this.mark(`Only the first ${count} characters fit.`);
    });
  }

  /** In the normalization form in which names are kept. */
  get value() {
    return this.#input.value.normalize();
  }

  set value(text) {
    this.#input.value = text;
  }

  get hasFocus() {
    return document.activeElement === this.#input;
  }

  focus() {
    this.#input.focus();
  }

  mark(fault) {
    this.#input.ariaInvalid = fault === undefined ? null : "true";
    this.#fault.textContent = fault ?? "";
  }
}
