// What runs inside the page: which text and which controls a reader meets, and
// what they look like. Loaded before the page's own script as `audit.*`, together
// with colour.mjs; judges nothing, the bars stand in the checks.

import { compose, over, parseRGB, ratio } from './colour.mjs';

/** A short path to an element, for messages. */
export function selectorOf(element) {
  const parts = [];
  for (let e = element; e && e.tagName !== 'HTML' && parts.length < 3; e = e.parentElement) {
    const id = e.id ? `#${e.id}` : '';
    const name = !id && e.classList.length > 0 ? `.${e.classList[0]}` : '';
    parts.unshift(e.tagName.toLowerCase() + id + name);
    if (id) break;
  }
  const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
  return `${parts.join(' > ')}${text ? ` "${text}"` : ''}`;
}

/** Any CSS colour as [r, g, b, alpha]; notations the browser keeps (oklch, color()) go through a canvas. */
export function colourOf(css) {
  const plain = parseRGB(css);
  if (plain) return plain;
  const pen = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  pen.fillStyle = css;
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}

/** Ancestors from the outside in, as colour.mjs wants them; `image` when a picture lies beneath. */
export function layersOf(element) {
  const layers = [];
  let image = false;
  for (let e = element; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    const background = colourOf(style.backgroundColor);
    const opaque = layers.some((l) => l.background[3] === 1 && l.opacity === 1);
    if (style.backgroundImage !== 'none' && !opaque) image = true;
    layers.unshift({ background, opacity: Number(style.opacity) });
  }
  return { layers, image };
}

/** The colour the browser paints where a page paints nothing: white, or near black in a dark scheme. */
export function canvasColour() {
  const probe = document.createElement('span');
  probe.style.color = 'Canvas'; // through the CSSOM, so no CSP stands in the way
  document.documentElement.append(probe);
  const colour = colourOf(getComputedStyle(probe).color);
  probe.remove();
  return colour;
}

/** Is an element shown, and not folded away for screen readers only? */
export function isShown(element) {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const clips = style.overflow !== 'visible' || style.clipPath !== 'none' || style.clip !== 'auto';
    if (clips && style.display !== 'inline' && (box.width <= 1 || box.height <= 1)) return false;
    if (/inset\((50|100)%/.test(style.clipPath)) return false;
  }
  return true;
}

/** Every run of text a reader sees: {where, text, ratio, ink, ground, image, symbol}. */
export function textRuns(root = document.body) {
  const canvas = canvasColour();
  const runs = [];
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (/^(SCRIPT|STYLE|TEMPLATE|NOSCRIPT)$/.test(element.tagName) || !isShown(element)) continue;
    const style = getComputedStyle(element);
    const own = [...element.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && hasBox(n));
    const text = own.map((n) => n.data).join(' ').trim();
    const paint = element instanceof SVGElement ? style.fill : style.color;
    if (text) runs.push(runOf(canvas, element, text, paint));
    for (const pseudo of ['::before', '::after']) runs.push(...pseudoRun(canvas, element, pseudo));
    if (style.display === 'list-item' && style.listStyleType !== 'none') {
      runs.push(runOf(canvas, element, '•', getComputedStyle(element, '::marker').color));
    }
    if (/^(INPUT|TEXTAREA)$/.test(element.tagName)) {
      if (element.value) runs.push(runOf(canvas, element, element.value, style.color));
      if (element.placeholder) {
        runs.push(runOf(canvas, element, element.placeholder, getComputedStyle(element, '::placeholder').color));
      }
    }
  }
  return runs;
}

function hasBox(node) {
  if (node.data.trim() === '') return false;
  const range = document.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].some((r) => r.width > 1 && r.height > 1
    && r.right + scrollX > 0 && r.bottom + scrollY > 0);
}

function pseudoRun(canvas, element, pseudo) {
  const style = getComputedStyle(element, pseudo);
  if (style.content === 'none' || style.content === 'normal' || style.display === 'none') return [];
  const text = style.content.replace(/^"|"$/g, '').trim();
  if (text === '' || /^url\(/.test(text)) return [];
  return [runOf(canvas, element, text, style.color, colourOf(style.backgroundColor), pseudo)];
}

function runOf(canvas, element, text, paint, ground, pseudo = '') {
  const { layers, image } = layersOf(element);
  if (ground) layers.push({ background: ground, opacity: 1 });
  const seen = compose(canvas, layers, colourOf(paint));
  return {
    where: selectorOf(element) + pseudo,
    text: text.replace(/\s+/g, ' ').slice(0, 40),
    ratio: ratio(seen.ink, seen.ground),
    ink: hex(seen.ink),
    ground: hex(seen.ground),
    image,
    symbol: !/[\p{L}\p{N}]/u.test(text),
  };
}

function hex(colour) {
  return '#' + colour.slice(0, 3).map((c) => Math.round(c).toString(16).padStart(2, '0')).join('');
}

/** The text a reader sees, one space between words. */
export function pageText() {
  return document.body.innerText.replace(/\s+/g, ' ').trim();
}

// ---- keyboard and touch ----

const CONTROLS = 'a[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]';

/** Everything the Tab key should stop at. */
export function focusables() {
  return [...document.querySelectorAll(CONTROLS)].filter((e) => e.tabIndex >= 0 && !e.disabled && !e.closest('[inert]')
    && e.checkVisibility({ visibilityProperty: true }));
}

let atRest;

/** Keeps how every stop looks without focus, so that a change can be seen. */
export function rememberRest() {
  atRest = new Map(focusables().map((e) => [e, look(e)]));
  return atRest.size;
}

function look(element) {
  const s = getComputedStyle(element);
  return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor, s.color].join('|');
}

/** The stop that has the focus now: {where, problems, ratio of the text}, or undefined on the page itself. */
export function tabStop(minimumRatio) {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return undefined;
  const problems = [];
  if (!hasRing(element)) problems.push('no visible focus style');
  const box = element.getBoundingClientRect();
  const inside = box.bottom > 4 && box.top < innerHeight - 4 && box.right > 4 && box.left < innerWidth - 4;
  if (!inside || box.width === 0) problems.push('outside the window');
  else if (isCovered(element)) problems.push('covered by another element');
  for (const run of textRuns(element)) {
    if (!run.symbol && run.ratio < minimumRatio) problems.push(`text ${run.ratio.toFixed(2)}:1 while focused`);
  }
  const seen = atRest.get(element) === 'visited';
  atRest.set(element, 'visited');
  return { where: selectorOf(element), problems, again: seen };
}

// An outline must itself stand out (3:1, WCAG 1.4.11); any other visible change counts as it is.
function hasRing(element) {
  const style = getComputedStyle(element);
  if (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 1) {
    const { layers } = layersOf(element.parentElement ?? element);
    const { ink, ground } = compose(canvasColour(), layers, colourOf(style.outlineColor));
    if (ratio(ink, ground) >= 3) return true;
  }
  const rest = atRest.get(element)?.split('|').slice(3);
  return rest !== undefined && rest.join('|') !== look(element).split('|').slice(3).join('|');
}

function isCovered(element) {
  return [...element.getClientRects()].some((r) => [[0.25, 0.5], [0.5, 0.5], [0.75, 0.5]].some(([fx, fy]) => {
    const x = r.left + r.width * fx;
    const y = r.top + r.height * fy;
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
    const top = document.elementFromPoint(x, y);
    return top && !top.contains(element) && !element.contains(top);
  }));
}

/**
 * Controls smaller than 24 px that neither stand in a sentence nor have room around
 * them (WCAG 2.5.8: a circle of 24 px on each must touch no other target).
 */
export function crowdedTargets() {
  const targets = focusables().filter((e) => isShown(e) && e.matches(':not([tabindex]), a, button, input, select, textarea, summary'))
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0 && box.right + scrollX > 0 && box.bottom + scrollY > 0);
  const small = targets.filter(({ box }) => box.width < 23.9 || box.height < 23.9);
  return small.filter((t) => !inSentence(t.element) && targets.some((o) => o !== t && tooNear(t, o, small.includes(o))))
    .map(({ element, box }) => `${selectorOf(element)} ${Math.round(box.width)}×${Math.round(box.height)} px`);
}

function tooNear(a, b, bothSmall) {
  const [x, y] = [a.box.left + a.box.width / 2, a.box.top + a.box.height / 2];
  if (bothSmall && Math.hypot(x - b.box.left - b.box.width / 2, y - b.box.top - b.box.height / 2) < 24) return true;
  const dx = Math.max(b.box.left - x, 0, x - b.box.right);
  const dy = Math.max(b.box.top - y, 0, y - b.box.bottom);
  return Math.hypot(dx, dy) < 12;
}

// In a sentence: the block around an inline control has words that are no control's.
function inSentence(element) {
  if (getComputedStyle(element).display !== 'inline') return false;
  let block = element.parentElement;
  while (block && getComputedStyle(block).display === 'inline') block = block.parentElement;
  const copy = block.cloneNode(true);
  copy.querySelectorAll(CONTROLS).forEach((c) => c.remove());
  return (copy.textContent.match(/\p{L}{2,}/gu) ?? []).length >= 2;
}

// ---- layout ----

/** How far the page is wider than its window, who sticks out, and whose text is cut off. */
export function overflowing() {
  const root = document.documentElement;
  const width = root.clientWidth;
  const px = Math.max(root.scrollWidth, document.body.scrollWidth) - width;
  const out = [];
  const cut = [];
  for (const e of document.body.querySelectorAll('*')) {
    const style = getComputedStyle(e);
    const spills = e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && style.overflowX === 'visible' && e.childElementCount === 0;
    if (px > 0 && (spills || e.getBoundingClientRect().right > width + 1) && isShown(e) && !scrollsInside(e)) out.push(selectorOf(e));
    const clips = /hidden|clip/.test(style.overflowX) || /hidden|clip/.test(style.overflowY);
    if (clips && isShown(e) && e.textContent.trim()
      && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) cut.push(selectorOf(e));
  }
  return { px, out, cut };
}

function scrollsInside(element) {
  for (let e = element.parentElement; e && e !== document.body; e = e.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
  }
  return false;
}
