// The page of the list and the search, in the address bar: Back, Forward and Reload keep them, and a link leads to them.

/** Part of the list: pages count from 1. @typedef {{page: number, q: string, after?: string}} Place */

export class Address {
  #window;

  /** @param {(place: Place) => void} go called when the person goes back or forward */
  constructor(window, go) {
    this.#window = window;
    window.addEventListener("popstate", () => go(this.place));
  }

  /** @returns {Place} */
  get place() {
    const { location, history } = this.#window;
    const query = new URLSearchParams(location.search);
    const page = query.get("page") ?? "";
    return { page: /^[1-9]\d{0,8}$/.test(page) ? Number(page) : 1, q: query.get("q") ?? "", after: history.state?.after };
  }

  /** Shows where the list is: as a step, unless it corrects one. A search that goes on is one step, not one for each letter. */
  show({ page, q, after }, isCorrected = false) {
    const { history, location } = this.#window;
    const before = this.place;
    const isSame = before.page === page && before.q === q;
    const isTyping = before.q !== "" && q !== "" && before.q !== q;
    const query = new URLSearchParams({ ...(q && { q }), ...(page > 1 && { page }) });
    const url = query.size > 0 ? `?${query}` : location.pathname;
    history[isSame || isTyping || isCorrected ? "replaceState" : "pushState"]({ after }, "", url);
  }
}
