// Starts Swagger UI on the spec beside it.

const root = document.getElementById("swagger-ui");
const { spec, basePath, tokenUrls } = root.dataset;
const authorizationServers = tokenUrls
  .split(" ")
  .filter((url) => URL.canParse(url))
  .map((url) => new URL(url).href);

// A proxy may serve all this under a prefix that the spec cannot know.
const prefix = location.pathname.slice(0, location.pathname.lastIndexOf(`${basePath}/ui/`));

// Every call goes to the server that this page is from, also if the spec names another one; but not a request for a token.
function toThisServer(request) {
  const url = new URL(request.url, location.href);
  if (authorizationServers.includes(url.href)) return request;
  const isHere = url.origin === location.origin;
  if (isHere && url.pathname.startsWith(`${prefix}${basePath}/`)) return request;
  if (isHere || url.pathname.startsWith(`${basePath}/`)) {
    request.url = location.origin + prefix + url.pathname + url.search;
  }
  return request;
}

// A pattern is a regular expression with the flag `u` (JSON Schema 2020-12, section 6.4 of its core). Swagger UI compiles it without,
// and where that is an error, as with a range of characters beyond U+FFFF, it would log the error and check nothing.
window.RegExp = new Proxy(RegExp, {
  construct(target, [pattern, flags], self) {
    try {
      return Reflect.construct(target, [pattern, flags], self);
    } catch (error) {
      if (flags !== undefined) throw error;
      return Reflect.construct(target, [pattern, "u"], self);
    }
  },
});

// As light or dark as the system, also when that changes.
const dark = matchMedia("(prefers-color-scheme: dark)");
const followSystem = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", followSystem);
followSystem();

// An example belongs to its media type. Where it is of another one than the operation produces first, as a problem is, Swagger UI
// would make up an example from the schema, and show the same for every status.
const examplesOfTheirMediaTypes = ({ React }) => ({
  wrapComponents: {
    response: (Response) => (props) => {
      const types = props.response.get("examples")?.keySeq();
      const isOther = types?.size > 0 && !types.includes(props.contentType);
      return React.createElement(Response, isOther ? { ...props, contentType: types.first() } : props);
    },
  },
});

window.ui = SwaggerUIBundle({
  domNode: root,
  url: new URL(spec, location.href).href,
  // The validator's badge is an image from another host, which would learn of this one.
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  showCommonExtensions: true,
  plugins: [examplesOfTheirMediaTypes],
  requestInterceptor: toThisServer,
});
