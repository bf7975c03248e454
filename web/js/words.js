// Failures in words for the person at the page: a heading, a sentence, and what is wrong with each field.

import { TIMEOUT } from "./api.js";
import { shown } from "./name.js";

const HEADINGS = {
  create: "Not created",
  restore: "Not brought back",
  update: "Not updated",
  delete: "Not deleted",
  open: "This person can’t be changed",
};

const LABELS = { fname: "first name", lname: "last name" };

const LATE = `The server did not answer within ${TIMEOUT / 1000} seconds.`;

/** What an answer with a status means, if the status is all that is known. */
const MEANINGS = {
  401: () => "You have to log in for that.",
  403: () => "You may not do that.",
  404: ({ lname }) => `There is nobody with the last name “${shown(lname)}”.`,
  408: () => "The connection is too slow: the server gave up waiting.",
  409: ({ lname }) => `There is already somebody with the last name “${shown(lname)}”.`,
  413: () => "That is more than the server takes.",
  429: () => "That was too much at once.",
  500: () => "The server failed; its log says why.",
  503: () => "The server can’t do that just now.",
};

/**
 * What to show of a failure.
 *
 * @param {import("./failure.js").Failure} failure
 * @param {keyof HEADINGS} action what was to be done
 * @param {{fname?: string, lname?: string}} values with which values
 * @param {import("./contract.js").Contract} contract
 * @returns {{title: string, detail: string, faults: Record<string, string>}}
 */
export function inWords(failure, action, values, contract) {
  const faults = faultsOf(failure, action, values, contract);
  const count = Object.keys(faults).length;
  const marked = count === 1 ? "See the marked field." : "See the marked fields.";
  return { title: HEADINGS[action], detail: count > 0 ? marked : sentence(failure, values), faults };
}

/** What to show where the list could not be read. */
export function whyUnread(failure) {
  return failure.kind === "late" ? LATE : sentence(failure, {});
}

/** What is wrong with each field that has a fault. */
function faultsOf(failure, action, values, contract) {
  const faults = {};
  for (const error of failure.errors) {
    const field = fieldOf(error);
    if (field in LABELS) faults[field] ??= fault(error, field, action, values, contract);
  }
  const isTaken = failure.status === 409 && failure.errors.length === 0;
  return isTaken ? { lname: "Somebody has this last name already." } : faults;
}

/** A member of the body is named by its pointer, one that is missing by the error's own words. */
function fieldOf({ name, pointer, keyword, detail }) {
  if (name) return name;
  if (keyword === "required") return /"(\w+)"/.exec(detail)?.[1];
  return pointer?.split("/")[1];
}

function fault(error, field, action, values, contract) {
  const label = LABELS[field];
  const value = values[field] ?? "";
  if (value.trim() === "" || error.keyword === "required") return `Enter a ${label}.`;
  const { bound, schema } = contract.broken(error);
  switch (error.keyword) {
    case "minLength":
      return `A ${label} has at least ${bound} characters.`;
    case "maxLength":
      return tooLong(label, bound ?? contract.schema(action, field).maxLength, value);
    case "pattern":
      return schema["x-pattern-sentence"] ?? `This ${label} has characters that are not possible.`;
    default:
      return `The server does not take this ${label}.`;
  }
}

function tooLong(label, limit, value) {
  const { length } = [...value];
  if (limit === undefined) return `This ${label} is too long.`;
  return `A ${label} has at most ${limit} characters; this one has ${length > limit ? length : "more, once its accents are separate"}.`;
}

function sentence({ kind, status, retryAfter }, values) {
  switch (kind) {
    case "unreachable":
      return "The server can’t be reached. Check the connection, then try again.";
    case "late":
      return `${LATE} Whether it is done, the list shows.`;
    case "unaddressable":
      return `No address can name “${shown(values.lname)}”, so this person can only be changed in the database.`;
    case "unreadable":
      return `The answer is not from the People API (status ${status}). Try again later.`;
    default:
      return (MEANINGS[status]?.(values) ?? `The server refused that (status ${status}).`) + again(retryAfter);
  }
}

function again(seconds) {
  if (seconds === undefined) return "";
  return ` Try again in ${seconds} ${seconds === 1 ? "second" : "seconds"}.`;
}
