// fastify with the schemas of requests for Ajv and those of responses for fast-json-stringify.

import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";

// Where it is installed, which is not next to this file.
const require = createRequire(process.argv[2] + "/");
const { fastify } = require("fastify");

const people = new Map();
const names = [];
const place = (name) => {
  let [low, high] = [0, names.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (names[middle] < name) low = middle + 1;
    else high = middle;
  }
  return low;
};
const put = (fname, lname) => {
  const timestamp = new Date().toISOString().slice(0, 19).replace("T", " ");
  const kept = { person: { fname, lname, timestamp }, tag: `"${randomBytes(8).toString("hex")}"` };
  people.set(lname, kept);
  return kept;
};
const add = (fname, lname) => {
  names.splice(place(lname), 0, lname);
  return put(fname, lname);
};
add("Doug", "Farrell");
add("Kent", "Brockman");
add("Bunny", "Easter");

const firstName = { type: "string", minLength: 1, maxLength: 64, pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f]*$" };
const lastName = { ...firstName, pattern: "^[^\\u0000-\\u001f\\u007f-\\u009f/\\\\]*$" };
const newPerson = {
  type: "object", properties: { fname: firstName, lname: lastName }, required: ["fname", "lname"], additionalProperties: false,
};
const update = { ...newPerson, required: ["fname"] };
const person = {
  type: "object",
  properties: { fname: firstName, lname: lastName, timestamp: { type: "string" } },
  required: ["fname", "lname", "timestamp"],
};
const problem = {
  type: "object",
  properties: { type: { type: "string" }, title: { type: "string" }, status: { type: "integer" }, detail: { type: "string" } },
};
const failures = { 400: problem, 404: problem, 409: problem };
const params = { type: "object", properties: { lname: lastName } };
const query = {
  type: "object",
  properties: {
    length: { type: "integer", minimum: 1, maximum: 1000, default: 1000 },
    offset: { type: "integer", minimum: 0, default: 0 },
    after: { type: "string", minLength: 1, maxLength: 64 },
    q: { type: "string", maxLength: 64 },
  },
};

const app = fastify();
const refuse = (reply, status, title, detail) =>
  reply.code(status).type("application/problem+json").send({ type: "about:blank", title, status, detail });
const notFound = (reply, lname) => refuse(reply, 404, "Not Found", `Person with last name ${lname} not found`);
app.setErrorHandler((error, _, reply) =>
  error.validation ? refuse(reply, 400, "Bad Request", error.message) : reply.send(error));

// Bodies are not coerced, by which 5 would be a name; what is in a URL is text, and is.
const Ajv = require("ajv");
const [body, url] = [false, true].map((coerceTypes) => new Ajv({ useDefaults: true, coerceTypes }));
app.setValidatorCompiler(({ schema, httpPart }) => (httpPart === "body" ? body : url).compile(schema));

app.get("/api/people", { schema: { querystring: query, response: { 200: { type: "array", items: person }, ...failures } } },
  async ({ query: { length, offset, after, q } }, reply) => {
    let listed = names;
    if (q) {
      const begins = (name) => name.toLowerCase().startsWith(q.toLowerCase());
      listed = names.filter((name) => begins(name) || begins(people.get(name).person.fname));
    }
    const start = offset + (after === undefined ? 0 : listed.filter((name) => name <= after).length);
    reply.header("x-total-count", listed.length);
    return listed.slice(start, start + length).map((name) => people.get(name).person);
  });
app.post("/api/people", { schema: { body: newPerson, response: { 201: person, ...failures } } }, async ({ body }, reply) => {
  if (people.has(body.lname)) return refuse(reply, 409, "Conflict", `Person with last name ${body.lname} already exists`);
  const kept = add(body.fname, body.lname);
  reply.code(201).header("etag", kept.tag).header("location", `people/${encodeURIComponent(body.lname)}`);
  return kept.person;
});
app.get("/api/people/:lname", { schema: { params, response: { 200: person, ...failures } } }, async (request, reply) => {
  const kept = people.get(request.params.lname);
  if (!kept) return notFound(reply, request.params.lname);
  reply.header("etag", kept.tag);
  if (request.headers["if-none-match"] === kept.tag) return reply.code(304).send();
  return kept.person;
});
app.put("/api/people/:lname", { schema: { params, body: update, response: { 200: person, ...failures } } }, async (request, reply) => {
  const { lname } = request.params;
  if (!people.has(lname)) return notFound(reply, lname);
  const kept = put(request.body.fname, lname);
  reply.header("etag", kept.tag);
  return kept.person;
});
app.delete("/api/people/:lname", { schema: { params, response: failures } }, async (request, reply) => {
  const { lname } = request.params;
  if (!people.delete(lname)) return notFound(reply, lname);
  names.splice(place(lname), 1);
  return reply.code(204).send();
});

await app.listen({ host: "127.0.0.1", port: 0 });
console.log(`fastify is served at 127.0.0.1:${app.server.address().port}`);
process.on("SIGTERM", () => process.exit(0));
