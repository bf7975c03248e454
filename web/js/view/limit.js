// How much an input takes, as the spec says: in characters, while `maxlength` counts UTF-16 code units.

/** Limits an input; `cut` is called with the limit when more was entered, which is left out. */
export function limit(input, { maxLength, pattern }, cut) {
  if (pattern !== undefined) input.pattern = pattern;
  if (maxLength === undefined) return;
  const fit = (coming) => (input.maxLength = maxLength + surplus(input.value) + surplus(coming));
  fit("");
  input.addEventListener("beforeinput", (event) => {
    const coming = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    fit(coming);
    const rest = input.value.slice(0, input.selectionStart) + input.value.slice(input.selectionEnd);
    if ([...rest, ...coming].length > maxLength) cut(maxLength);
  });
  input.addEventListener("input", () => fit(""));
}

/** By how much a text has more code units than characters. */
function surplus(text) {
  return text.length - [...text].length;
}
