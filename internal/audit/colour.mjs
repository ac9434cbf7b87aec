// Colour arithmetic of WCAG 2: composing translucent layers and the ratio of two
// colours. Runs in node's tests and inside the page; knows no DOM.

/** Reads rgb()/rgba() as browsers print it: [r, g, b, alpha], or undefined for another notation. */
export function parseRGB(css) {
  const m = /^rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/.exec(css);
  if (!m) return undefined;
  const alpha = m[4] === undefined ? 1 : Number(m[4]) / (m[5] ? 100 : 1);
  return [Number(m[1]), Number(m[2]), Number(m[3]), alpha];
}

/** Lays one colour over an opaque other. */
export function over(top, bottom) {
  const a = top[3];
  return [0, 1, 2].map((i) => top[i] * a + bottom[i] * (1 - a)).concat(1);
}

/** The contrast ratio of two opaque colours, 1 to 21. */
export function ratio(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour) {
  const [r, g, b] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * What a run of text and its ground look like at the end. `layers` are the
 * ancestors from the outside in, each {background: rgba, opacity}; an opacity
 * under 1 blends everything inside it, text too, with what lay beneath.
 */
export function compose(canvas, layers, colour) {
  let ground = canvas;
  const groups = [];
  for (const { background, opacity } of layers) {
    if (opacity < 1) groups.push({ beneath: ground, opacity });
    ground = over(background, ground);
  }
  let ink = over(colour, ground);
  for (const { beneath, opacity } of groups.reverse()) {
    ink = over([...ink.slice(0, 3), opacity], beneath);
    ground = over([...ground.slice(0, 3), opacity], beneath);
  }
  return { ink, ground };
}
