// What was typed and not sent, kept for this tab: Reload and a look at another page do not lose it.

const KEY = "draft";

/** @param {object | undefined} draft */
export function keep(draft) {
  try {
    if (draft) sessionStorage.setItem(KEY, JSON.stringify(draft));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is full or forbidden: the page works without.
  }
}

/** The draft that was kept last; `undefined` if there is none. */
export function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? undefined;
  } catch {
    return undefined;
  }
}
