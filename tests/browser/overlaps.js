// Which texts and controls of the page lie over each other, or beyond an edge of the window.

const isRead = (it) =>
  it.checkVisibility() && (it.matches("input, button") || [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()));
const found = [...document.querySelectorAll("body *")].filter((it) => isRead(it) && !it.closest("thead, button *"));
// Inline text has a box for each of its lines.
const boxes = found.flatMap((it) => [...it.getClientRects()].map((box) => [it, box]));
const name = (it) => it.id || it.textContent.trim();

const outside = boxes.filter(([, box]) => box.left < 0 || box.right > innerWidth + 0.5).map(([it]) => name(it));
const cut = found.filter((it) => it.matches("button") && it.scrollWidth > it.clientWidth).map(name);
const overlapping = boxes.flatMap(([one, a], at) =>
  boxes.slice(at + 1).flatMap(([other, b]) => {
    const isNested = one.contains(other) || other.contains(one);
    const isOver = a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
    return isOver && !isNested ? [`${name(one)} / ${name(other)}`] : [];
  }),
);
return [...outside, ...cut, ...overlapping];
