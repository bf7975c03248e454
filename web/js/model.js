// The people as the page knows them: talks to the API and announces what comes of it. It knows nothing of the page.
//
// Events of the list: `reading`, `read` {people, place, total, pages, isCorrected}, `unread` {failure};
// of the selected person: `overtaken` {seen, current}, `gone` {person, failure};
// of changes: `changing` {action}, `changed` {action, person}, `unchanged` {action, person, failure}, `conflict` {action, person, current}.

import { Api } from "./api.js";
import { Changes } from "./model/changes.js";
import { List } from "./model/list.js";

export class Model extends EventTarget {
  /** @param {URL} people where the API's people are */
  constructor(people) {
    super();
    const api = new Api(people);
    const announce = (type, detail) => this.dispatchEvent(new CustomEvent(type, { detail }));
    this.list = new List(api, announce);
    this.changes = new Changes(api, announce, () => this.list.read());
  }

  /** What somebody who comes back to the page wants to know: what has changed meanwhile. */
  refresh() {
    this.list.refresh();
    this.changes.refresh();
  }
}
