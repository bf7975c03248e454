// Which page of the list is shown, and the ways to the others.

export class Pager {
  #position;
  #pages;
  #previous;
  #next;
  #page;
  #last;
  #shown = 1;

  constructor(page, announce) {
    const byId = (id) => page.getElementById(id);
    this.#position = byId("position");
    this.#pages = byId("pager");
    this.#previous = byId("previous");
    this.#next = byId("next");
    this.#page = byId("page");
    this.#last = byId("pages");
    for (const button of [this.#previous, this.#next]) {
      button.addEventListener("click", () => {
        if (button.ariaDisabled !== "true") announce(button.id);
      });
    }
    this.#page.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#jump(announce);
    });
    this.#page.addEventListener("change", () => this.#jump(announce));
  }

  /** A number beyond either end is that end. */
  #jump(announce) {
    const number = Math.trunc(this.#page.valueAsNumber);
    const page = Number.isNaN(number) ? this.#shown : Math.min(Math.max(number, 1), Number(this.#page.max));
    this.#page.value = page;
    if (page !== this.#shown) announce("page", page);
  }

  show({ place, start, total, pages, count }) {
    const number = new Intl.NumberFormat();
    this.#shown = place.page;
    this.#position.textContent = count === 0 ? "" : `${number.format(start + 1)}–${number.format(start + count)} of ${number.format(total)}`;
    this.#previous.ariaDisabled = String(place.page === 1);
    this.#next.ariaDisabled = String(place.page >= pages);
    this.#page.max = pages;
    this.#page.value = place.page;
    this.#last.textContent = `of ${number.format(pages)}`;
    this.#pages.hidden = pages === 1;
  }

  /** The page that could not be read is not the one that is shown. */
  showUnread() {
    this.#page.value = this.#shown;
  }
}
