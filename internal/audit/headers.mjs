// Security headers: the score of the MDN HTTP Observatory computed from what the
// site's own _headers give, and the CSP's hashes against every page.

import { createHash } from 'node:crypto';
import { attr, findAll, textOf } from './html.mjs';
import { ownHeaders } from './site.mjs';

const SCORE = 130; // A+

/** Judges the headers of one page of every kind, the hashes of all pages, and that twins are not indexed. */
export function checkHeaders({ site, report }) {
  const kinds = new Map(site.pages.map((p) => [p.kind, p]));
  for (const page of kinds.values()) {
    const { total, notes } = score(ownHeaders(site, page.path));
    report.atLeast('security headers', page.path, total, SCORE, notes);
  }
  const policy = parsePolicy(ownHeaders(site, '/').get('content-security-policy') ?? '');
  report.none('CSP hashes', `${site.pages.length} pages`, hashProblems(policy, site.pages));
  report.none('noindex on Markdown twins', 'site', [...site.files.keys()].filter((f) => f.endsWith('.md')
    && !/noindex/.test(ownHeaders(site, f).get('x-robots-tag') ?? '')));
}

/** A policy as directive → sources. The first of a repeated directive counts. */
export function parsePolicy(text) {
  const policy = new Map();
  for (const part of text.split(/[;,]/)) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name && !policy.has(name.toLowerCase())) policy.set(name.toLowerCase(), sources);
  }
  return policy;
}

/** The Observatory's score: {total, notes}. Bonuses count only from 90 points up. */
export function score(headers) {
  const policy = parsePolicy(headers.get('content-security-policy') ?? '');
  const marks = [
    ['content-security-policy', scoreCSP(policy)],
    ['strict-transport-security', scoreHSTS(headers.get('strict-transport-security') ?? '')],
    ['frame protection', scoreFrames(policy, headers.get('x-frame-options') ?? '')],
    ['x-content-type-options', /^nosniff$/i.test(headers.get('x-content-type-options') ?? '') ? 0 : -5],
    ['referrer-policy', scoreReferrer(headers.get('referrer-policy') ?? '')],
    ['cross-origin-opener-policy', headers.get('cross-origin-opener-policy') === 'same-origin' ? 10 : 0],
    ['cross-origin-resource-policy', /^same-(origin|site)$/.test(headers.get('cross-origin-resource-policy') ?? '') ? 10 : 0],
    ['cross-origin-embedder-policy', /^(require-corp|credentialless)$/.test(headers.get('cross-origin-embedder-policy') ?? '') ? 10 : 0],
  ];
  const base = 100 + marks.reduce((sum, [, mark]) => sum + Math.min(mark, 0), 0);
  const bonus = marks.reduce((sum, [, mark]) => sum + Math.max(mark, 0), 0);
  return { total: Math.max(0, base >= 90 ? base + bonus : base), notes: marks.map(([name, mark]) => `${name}: ${mark}`) };
}

function scoreCSP(policy) {
  if (policy.size === 0) return -25;
  const of = (name) => policy.get(name) ?? policy.get('default-src') ?? ['*'];
  const isHashed = (sources) => sources.some((s) => /^'(sha(256|384|512)|nonce)-/.test(s));
  const unsafe = (sources) => sources.includes("'unsafe-inline'") && !isHashed(sources);
  const loose = (sources) => sources.some((s) => ['*', 'http:', 'https:', 'data:', 'http://*', 'https://*'].includes(s));
  if (unsafe(of('script-src')) || loose(of('script-src')) || loose(of('object-src'))) return -20;
  if ([...policy.values()].some((sources) => sources.some((s) => s.startsWith('http:')))) return -20;
  if (of('script-src').includes("'unsafe-eval'") || of('style-src').includes("'unsafe-eval'")) return -10;
  if (unsafe(of('style-src')) || loose(of('style-src'))) return 0;
  return policy.get('default-src')?.join() === "'none'" ? 10 : 5;
}

function scoreHSTS(value) {
  const age = Number(/max-age=(\d+)/i.exec(value)?.[1] ?? -1);
  if (age < 0) return -20;
  return age < 15_768_000 ? -10 : 0; // six months; the bonus is for sites in the preload list, which a build cannot know
}

function scoreFrames(policy, xfo) {
  const ancestors = policy.get('frame-ancestors');
  if (ancestors && !ancestors.includes('*')) return 5;
  return /^(deny|sameorigin)$/i.test(xfo) ? 5 : -20;
}

function scoreReferrer(value) {
  const last = value.split(',').at(-1).trim();
  if (['no-referrer', 'same-origin', 'strict-origin', 'strict-origin-when-cross-origin'].includes(last)) return 5;
  return /unsafe-url|origin/.test(last) ? -5 : 0;
}

/** The CSP source of an inline text. */
export function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** Inline styles and scripts the policy would block, and hashes that nothing has. */
export function hashProblems(policy, pages) {
  const problems = [];
  const used = new Set();
  for (const page of pages) {
    for (const node of findAll(page.document, isInlineCode)) {
      const directive = node.tagName === 'style' ? 'style-src' : 'script-src';
      const hash = hashOf(textOf(node));
      used.add(hash);
      const allowed = policy.get(directive) ?? policy.get('default-src') ?? [];
      if (!allowed.includes(hash)) problems.push(`${page.path}: ${directive} lacks ${hash} of an inline ${node.tagName}`);
    }
  }
  const named = [...new Set([...policy.values()].flat().filter((s) => s.startsWith("'sha256-")))];
  return problems.concat(named.filter((h) => !used.has(h)).map((h) => `_headers: ${h} belongs to no page`));
}

// Data blocks (JSON, structured data) are never run, so a policy does not ask for them.
function isInlineCode(node) {
  if (node.tagName === 'style') return true;
  if (node.tagName !== 'script' || attr(node, 'src') !== undefined) return false;
  const type = (attr(node, 'type') ?? '').trim().toLowerCase();
  return ['', 'module', 'importmap', 'speculationrules', 'text/javascript', 'application/javascript'].includes(type);
}
