// Times: the API has them in UTC, to the second, and the person lives somewhere.

/** The time as the `datetime` of a `time` element. */
export function machineReadable(timestamp) {
  return `${timestamp.replace(" ", "T")}Z`;
}

/** The time where the person is, as they write times. */
export function local(timestamp) {
  const time = new Date(machineReadable(timestamp));
  return Number.isNaN(time.valueOf()) ? "" : time.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "long" });
}
