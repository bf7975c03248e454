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

window.ui = SwaggerUIBundle({
  domNode: root,
  url: new URL(spec, location.href).href,
  // The validator's badge is an image from another host, which would learn of this one.
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  requestInterceptor: toThisServer,
});
