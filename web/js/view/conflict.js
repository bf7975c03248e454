// Asks which of two versions of a person is to be kept. Without an answer, neither is changed.

import { showName } from "../name.js";
import { local } from "./time.js";

/** The words for what was to be done with the other version. */
const WORDS = {
  update: { mine: "Keep mine", theirs: "Take theirs", fate: (fname) => fname },
  edit: { mine: "Keep mine", theirs: "Take theirs", fate: (fname) => fname },
  delete: { mine: "Delete anyway", theirs: "Keep theirs", fate: () => "deleted" },
};

export class Conflict {
  #byId;
  #dialog;
  #conflict;

  constructor(page, announce) {
    this.#byId = (id) => page.getElementById(id);
    this.#dialog = this.#byId("conflict");
    for (const choice of ["keep-mine", "take-theirs"]) {
      this.#byId(choice).addEventListener("click", () => {
        this.#dialog.close();
        announce(choice, this.#conflict);
      });
    }
  }

  /** @param {{action: keyof WORDS, person: object, current: object}} conflict what was to be done, and what is kept now */
  show(conflict) {
    this.#conflict = conflict;
    const { action, person, current } = conflict;
    const { mine, theirs, fate } = WORDS[action];
    this.#byId("keep-mine").textContent = mine;
    this.#byId("take-theirs").textContent = theirs;
    showName(this.#byId("conflict-name"), person.lname);
    showName(this.#byId("mine"), fate(person.fname));
    showName(this.#byId("theirs"), current.fname);
    this.#byId("conflict-time").textContent = `${current.timestamp} UTC (${local(current.timestamp)} here)`;
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}
