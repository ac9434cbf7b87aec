// The few questions the static checks ask of a parsed page.

import { parse } from 'parse5';

/** Parses a page as a browser would. */
export function parsePage(source) {
  return parse(source);
}

/** Every node below (and including) one, in document order; looks into <template> too. */
export function* walk(node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* walk(child);
  if (node.content) yield* walk(node.content);
}

/** The elements a test accepts. */
export function findAll(node, accepts) {
  return [...walk(node)].filter((n) => n.tagName && accepts(n));
}

/** The first element a test accepts, or undefined. */
export function find(node, accepts) {
  for (const n of walk(node)) if (n.tagName && accepts(n)) return n;
  return undefined;
}

/** The value of an attribute, or undefined. */
export function attr(node, name) {
  return node?.attrs?.find((a) => a.name === name)?.value;
}

/** The text inside a node, scripts and styles included. */
export function textOf(node) {
  return [...walk(node)].filter((n) => n.nodeName === '#text').map((n) => n.value).join('');
}

/** The words of a `rel` or `class` attribute. */
export function words(value) {
  return (value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
}
