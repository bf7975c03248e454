// Why a request was not done, in words for the person at the page. It knows neither the API nor the page.

/** What the view shows when a request was refused, was not answered, or was not even sent. */
export class Failure extends Error {
  /**
   * @param {string} title the kind of failure: `404 Not Found`, `No answer`
   * @param {string} detail what went wrong this time
   * @param {Record<string, string>} faults what is wrong with a field, by the field's name
   */
  constructor(title, detail, faults = {}) {
    super(detail);
    this.title = title;
    this.detail = detail;
    this.faults = faults;
  }

  /**
   * Names are missing, so nothing was sent.
   *
   * @param {[string, string][]} fields each field's name, and what it is called
   */
  static missing(fields) {
    const needed = fields.map(([field, label]) => [field, `Enter a ${label}.`]);
    return new Failure("Not sent", needed.map(([, words]) => words).join(" "), Object.fromEntries(needed));
  }
}
