// Starts Swagger UI on the spec beside it.

const root = document.getElementById("swagger-ui");
const { spec, basePath } = root.dataset;

// A proxy may serve all this under a prefix that the spec cannot know.
const prefix = location.pathname.slice(0, location.pathname.lastIndexOf(`${basePath}/ui/`));

function underPrefix(request) {
  const url = new URL(request.url, location.href);
  const known = url.pathname.startsWith(`${prefix}${basePath}/`);
  if (url.origin === location.origin && !known) {
    url.pathname = prefix + url.pathname;
    request.url = url.href;
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
  requestInterceptor: underPrefix,
});
