// Starts the page: one model, one view, joined by a controller.

import { Controller } from "./controller.js";
import { Model } from "./model.js";
import { View } from "./view.js";

// Relative to the page, so that it works behind a prefix too.
const model = new Model(new URL("api/people", document.baseURI));
new Controller(model, new View(document)).start();
