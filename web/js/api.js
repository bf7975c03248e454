// The People API over HTTP: requests out, responses or failures back. It keeps no state.

import { Failure } from "./failure.js";

/** How long an answer may take, in milliseconds. */
const TIMEOUT = 15_000;

export class Api {
  #people;

  /** @param {URL} people where the people are */
  constructor(people) {
    this.#people = people;
  }

  /** Reads at most `length` people from `offset` on; `signal` gives it up. */
  async readAll(length, offset, signal) {
    const url = new URL(this.#people);
    url.search = new URLSearchParams({ length, offset });
    const people = await send("GET", url, { signal });
    if (Array.isArray(people)) return people;
    throw new Failure("Not a list", "The server answered with something other than a list of people.");
  }

  create(person) {
    return send("POST", this.#people, { person });
  }

  async update(person) {
    return send("PUT", this.#one(person.lname), { person });
  }

  async delete(lname) {
    return send("DELETE", this.#one(lname));
  }

  #one(lname) {
    // A URL parser takes `.` and `..` for steps in the path, percent-encoded or not.
    if (lname === "." || lname === "..") throw unaddressable(lname);
    return new URL(`${this.#people}/${encodeURIComponent(lname.toWellFormed())}`);
  }
}

function unaddressable(lname) {
  const detail = `No URL can address the last name “${lname}”, so nobody has it.`;
  return new Failure("Not sent", detail, { lname: detail });
}

async function send(method, url, { person, signal } = {}) {
  const response = await fetched(url, {
    method,
    headers: { accept: "application/json, application/problem+json", ...(person && { "content-type": "application/json" }) },
    body: person && JSON.stringify(person),
    cache: "no-store",
    signal: withTimeout(signal),
  });
  const answer = await content(response);
  if (!response.ok) throw refusal(response, answer);
  if (answer === undefined && response.status !== 204) throw unreadable(response);
  return answer;
}

function withTimeout(signal) {
  const limit = AbortSignal.timeout(TIMEOUT);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** The response; throws a failure that the page can show if there is none. */
async function fetched(url, request) {
  try {
    return await fetch(url, request);
  } catch (cause) {
    throw unanswered(cause);
  }
}

/** The answer's JSON; `undefined` where it has none. */
async function content(response) {
  try {
    const text = await response.text();
    return isJson(response) ? JSON.parse(text) : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw unanswered(cause);
  }
}

function isJson(response) {
  return /^application\/(.+\+)?json\s*(;|$)/i.test(response.headers.get("content-type") ?? "");
}

function unanswered(cause) {
  if (cause.name === "AbortError") return cause;
  const late = cause.name === "TimeoutError";
  return new Failure(
    "No answer",
    late ? `The server did not answer within ${TIMEOUT / 1000} seconds.` : "The server cannot be reached. Is it running?",
  );
}

function unreadable(response) {
  return new Failure(heading(response.status, response.statusText), "The server's answer is not JSON.");
}

function refusal(response, problem) {
  if (typeof problem !== "object" || problem === null) return unreadable(response);
  const { title = response.statusText, detail = "The server says no more than that." } = problem;
  return new Failure(heading(response.status, title), detail, faults(problem.errors));
}

function heading(status, title) {
  return title ? `${status} ${title}` : `Status ${status}`;
}

/** The fields that a problem's `errors` blame: a member of the body by its pointer, a parameter by its name. */
function faults(errors) {
  const faults = {};
  for (const error of Array.isArray(errors) ? errors : []) {
    const field = error.in === "body" ? error.pointer?.split("/")[1] : error.name;
    if (field) faults[field] ??= error.detail;
  }
  return faults;
}
