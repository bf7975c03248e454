// Why a request was not done, before anybody has put it into words. It knows neither the API nor the page.

export class Failure extends Error {
  /**
   * @param {"refused" | "unreadable" | "unreachable" | "late" | "unaddressable"} kind what kept the request from being done;
   *   what is not even sent, since it breaks the contract, is refused without a status
   * @param {object} answer
   * @param {number} [answer.status] the status of the answer, if one came
   * @param {object[]} [answer.errors] where the request breaks the contract, as a problem lists it
   * @param {number} [answer.retryAfter] after how many seconds the server wants to be called again
   */
  constructor(kind, { status, errors = [], retryAfter } = {}) {
    super(`${kind} ${status ?? ""}`);
    this.kind = kind;
    this.status = status;
    this.errors = errors;
    this.retryAfter = retryAfter;
  }
}
