// What the spec says of the values that people enter, read from the server's own copy: limits, and whether a value keeps them.

/** The operations whose values people enter, by what they do. */
const OPERATIONS = {
  search: "people.read_all",
  create: "people.create",
  restore: "people.create",
  update: "people.update",
  delete: "people.delete",
};

export class Contract {
  #spec;

  /** @param {object} spec an OpenAPI 2.0 document */
  constructor(spec) {
    this.#spec = spec;
  }

  /** Reads the spec; without one, nothing is limited here, and the server alone decides. */
  static async read(url) {
    try {
      return new Contract(await (await fetch(url)).json());
    } catch {
      return new Contract({});
    }
  }

  /** The schema of a value of an operation; empty if the spec has none. */
  schema(action, name) {
    return this.#at(this.#pointers(action)[name]) ?? {};
  }

  /** Where the values break the spec, in the form of a problem's `errors`. */
  check(action, values) {
    const pointers = Object.entries(this.#pointers(action));
    return pointers
      .filter(([name]) => typeof values[name] === "string")
      .flatMap(([name, pointer]) => this.#broken(values[name], pointer).map((keyword) => ({ name, keyword, schema: `${pointer}/${keyword}` })));
  }

  /** The bound that an error names, and the schema that has it. */
  broken({ schema = "" }) {
    return { bound: this.#at(schema), schema: this.#at(schema.slice(0, schema.lastIndexOf("/"))) ?? {} };
  }

  #broken(value, pointer) {
    const { minLength = 0, maxLength = Infinity, pattern = "" } = this.#at(pointer);
    const { length } = [...value];
    if (length < minLength) return ["minLength"];
    if (length > maxLength) return ["maxLength"];
    return new RegExp(pattern, "u").test(value) ? [] : ["pattern"];
  }

  /** JSON pointers to the schemas of an operation's values by name; a parameter goes before a member of the body. */
  #pointers(action) {
    for (const [path, item] of Object.entries(this.#spec.paths ?? {})) {
      for (const [method, { operationId, parameters = [] }] of Object.entries(item)) {
        if (operationId !== OPERATIONS[action]) continue;
        const at = `/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method}/parameters`;
        return Object.assign({}, ...parameters.map((parameter, index) => this.#values(parameter, `${at}/${index}`)).reverse());
      }
    }
    return {};
  }

  #values({ name, in: place, schema }, pointer) {
    if (place !== "body") return name ? { [name]: pointer } : {};
    const object = schema.$ref?.slice(1) ?? `${pointer}/schema`;
    const names = Object.keys(this.#at(object).properties);
    return Object.fromEntries(names.map((member) => [member, `${object}/properties/${member}`]));
  }

  /** What is at a JSON pointer (RFC 6901); `undefined` if nothing is. */
  #at(pointer = "") {
    const names = pointer.split("/").slice(1);
    return names.reduce((value, name) => value?.[name.replaceAll("~1", "/").replaceAll("~0", "~")], this.#spec);
  }
}
