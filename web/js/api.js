// The People API over HTTP: requests out, people or failures back. It keeps no state.

import { Failure } from "./failure.js";

/** How long an answer may take, in milliseconds. */
export const TIMEOUT = 15_000;

/** A person as the API has it. @typedef {{fname: string, lname: string, timestamp: string, etag?: string}} Person */

export class Api {
  #people;

  /** @param {URL} people where the people are */
  constructor(people) {
    this.#people = people;
  }

  /** Reads a part of the list, and how many people there are in all; `signal` gives it up. */
  async readAll(query, signal) {
    const url = new URL(this.#people);
    url.search = new URLSearchParams(query);
    const { body, status, total } = await send("GET", url, { signal });
    if (!Array.isArray(body)) throw new Failure("unreadable", { status });
    return { people: body, total };
  }

  /** Reads a person with its tag; `undefined` if it is still as the tag `known` says. */
  async readOne(lname, known) {
    const answer = await send("GET", this.#one(lname), { headers: known && { "if-none-match": known } });
    return answer.status === 304 ? undefined : tagged(answer);
  }

  async create(person) {
    return tagged(await send("POST", this.#people, { person }));
  }

  /** Updates a person; with a tag only if it is still as the tag says, else the failure has status 412. */
  async update(person, etag) {
    return tagged(await send("PUT", this.#one(person.lname), { person, headers: etag && { "if-match": etag } }));
  }

  async delete(lname, etag) {
    await send("DELETE", this.#one(lname), { headers: etag && { "if-match": etag } });
  }

  /** Proxies decode slashes and resolve dots, percent-encoded or not: such a name would address somebody else. */
  #one(lname) {
    if (/[/\\]|^\.*$/.test(lname)) throw new Failure("unaddressable");
    return new URL(`${this.#people}/${encodeURIComponent(lname.toWellFormed())}`);
  }
}

function tagged({ body, etag }) {
  return { ...body, etag };
}

async function send(method, url, { person, signal, headers } = {}) {
  const response = await fetched(url, {
    method,
    headers: {
      accept: "application/json, application/problem+json",
      ...(person && { "content-type": "application/json" }),
      ...headers,
    },
    body: person && JSON.stringify(person),
    cache: "no-store",
    signal: withTimeout(signal),
  });
  return answer(response, await content(response));
}

function withTimeout(signal) {
  const limit = AbortSignal.timeout(TIMEOUT);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/** The response; throws a failure if there is none. */
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
  return new Failure(cause.name === "TimeoutError" ? "late" : "unreachable");
}

function answer({ status, ok, headers }, body) {
  const isEmpty = status === 204 || status === 304;
  if (!isEmpty && (typeof body !== "object" || body === null)) throw new Failure("unreadable", { status });
  if (!ok && status !== 304) throw refusal(status, headers, body);
  return { status, body, etag: headers.get("etag") ?? undefined, total: number(headers.get("x-total-count")) };
}

function refusal(status, headers, { errors }) {
  const retryAfter = number(headers.get("retry-after"));
  return new Failure("refused", { status, retryAfter, errors: Array.isArray(errors) ? errors : [] });
}

/** The number in a header; `undefined` if there is none. */
function number(text) {
  return /^\d+$/.test(text ?? "") ? Number(text) : undefined;
}
