// The texts on the page whose contrast is below 4.5 (WCAG 2.2, 1.4.3), with the contrast that they have.

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });

/** Paints colours over each other and returns what is seen. */
function blend(colours) {
  for (const colour of colours) {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
  }
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}

function luminance(rgb) {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(element) {
  const grounds = [];
  for (let it = element; it; it = it.parentElement) grounds.unshift(getComputedStyle(it).backgroundColor);
  const [dark, light] = [blend(grounds), blend([...grounds, getComputedStyle(element).color])].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const texts = [...document.querySelectorAll("body *")].filter(
  (it) => it.checkVisibility() && [...it.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()),
);
return texts.map((it) => [it.textContent.trim(), contrast(it)]).filter(([, found]) => found < 4.5);
