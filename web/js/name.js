// Names so that two that are different look different: what is not seen, and letters that look like those of another script.

/** An emoji; what has no look of its own, or that of a plain blank; a blank at an end. */
const PARTS = /\p{RGI_Emoji}|(?<unseen>[[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]--[ \u3000]]|^[ \u3000]+|[ \u3000]+$)/gv;
const LATIN = /\p{Script=Latin}/u;
const ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]+/gu;

/** Shows a name in an element, with marks where it would look like another one. Names are only ever text. */
export function showName(element, name) {
  const parts = split(name, PARTS, ({ groups: { unseen } }) => unseen && mark("unseen", codes(unseen), codes(unseen)));
  element.replaceChildren(...parts.flatMap((part) => (typeof part === "string" && LATIN.test(name) ? withAlike(part) : [part])));
}

/** A name for a sentence: between Unicode's isolates, so that its direction leaves the sentence around it alone. */
export function shown(name) {
  return `\u2068${name.replace(PARTS, (part, unseen) => (unseen ? `‹${codes(unseen)}›` : part))}\u2069`;
}

function withAlike(text) {
  return split(text, ALIKE, ([letters]) => mark("alike", letters, `Not Latin: ${codes(letters)}`));
}

/** The text in pieces: an element for each match that gets one, and what is between. */
function split(text, pattern, element) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const found = element(match);
    if (!found) continue;
    parts.push(text.slice(end, match.index), found);
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function mark(kind, words, title) {
  const element = document.createElement("span");
  element.className = kind;
  element.title = title;
  element.textContent = words;
  return element;
}

function codes(text) {
  return [...text].map((it) => `U+${it.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
}
