// Which page of the list is shown, and the buttons to the others.

export class Pager {
  #position;
  #pages;
  #previous;
  #next;

  constructor(page, announce) {
    this.#position = page.getElementById("position");
    this.#pages = page.getElementById("pager");
    this.#previous = page.getElementById("previous");
    this.#next = page.getElementById("next");
    for (const button of [this.#previous, this.#next]) {
      button.addEventListener("click", () => {
        if (button.ariaDisabled !== "true") announce(button.id);
      });
    }
  }

  /** How many people there are is known only on the last page: the API does not count. */
  show(count, offset, more) {
    const end = offset + count;
    const all = more ? `more than ${end}` : end;
    this.#position.textContent = count === 0 ? "" : `${offset + 1}–${end} of ${all}`;
    this.#previous.ariaDisabled = String(offset === 0);
    this.#next.ariaDisabled = String(!more);
    this.#pages.hidden = offset === 0 && !more;
  }
}
