// Starts the page: one model, one view, joined by a controller.

import { Controller } from "./controller.js";
import { Model } from "./model.js";
import { View } from "./view.js";

// Relative to the page, so that it works behind a prefix too.
const at = (path) => new URL(path, document.baseURI);
new Controller(new Model(at("api/people")), new View(document)).start(at("api/swagger.json"));
