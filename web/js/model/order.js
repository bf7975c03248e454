// The order of the list: by Unicode code point, which that of JavaScript's strings is not.

/** Negative, zero or positive, as one text comes before another, is the same, or comes after it. */
export function inOrder(one, other) {
  const [ones, others] = [[...one], [...other]].map((text) => text.map((character) => character.codePointAt(0)));
  const at = ones.findIndex((point, index) => point !== others[index]);
  if (at < 0) return ones.length - others.length;
  return ones[at] - (others[at] ?? -1);
}
