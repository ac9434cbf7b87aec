// A built folder as data: its files, its parsed pages, its public name, and what
// the host answers to an address. Reads the folder once; serves nothing.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { headersFor, parseHeaders, parseRedirects, redirectFor } from './hostfiles.mjs';
import { attr, find, findAll, parsePage } from './html.mjs';
import { kindOf } from './pages.mjs';

/** What openSite throws: a sentence for people. */
export class NoSite extends Error {}

/** Opens a built folder. Throws NoSite when there is no home page with an absolute canonical address. */
export function openSite(root) {
  if (!existsSync(join(root, 'index.html'))) throw new NoSite(`${root}: no built site here (no index.html)`);
  const files = new Map(); // "/openai/index.html" → absolute file name
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = join(entry.parentPath ?? entry.path, entry.name);
    files.set('/' + relative(root, full).split(sep).join('/'), full);
  }
  const text = (path) => (files.has(path) ? readFileSync(files.get(path), 'utf8') : '');
  const all = [...files.keys()].filter((p) => p.endsWith('.html')).sort().map((path) => readPage(path, text(path)));
  const site = {
    root,
    files,
    text,
    headerRules: parseHeaders(text('/_headers')),
    redirects: parseRedirects(text('/_redirects')),
    pages: all.filter((page) => !leadsOn(page.document)), // the small pages at old addresses are nobody's to read
  };
  const paths = site.pages.map((p) => p.path);
  for (const page of site.pages) page.kind = kindOf(page.path, paths);
  const home = site.pages.find((p) => p.path === '/');
  const canonical = URL.canParse(home.canonical) ? new URL(home.canonical) : undefined;
  if (!canonical) throw new NoSite(`${root}/index.html: no absolute canonical address, so its public name is unknown`);
  site.origin = canonical.origin;
  site.prefix = canonical.pathname.replace(/\/$/, ''); // "" or "/sub/path"
  site.byPath = new Map(site.pages.map((p) => [p.path, p]));
  return site;
}

function readPage(file, source) {
  const document = parsePage(source);
  return {
    file, // as in the folder: "/openai/index.html"
    path: file === '/404.html' ? '/404.html' : file.replace(/(^|\/)index\.html$/, '$1'),
    source,
    document,
    canonical: attr(find(document, (n) => n.tagName === 'link' && attr(n, 'rel') === 'canonical'), 'href'),
    until: attr(find(document, (n) => attr(n, 'id') === 'verdict'), 'data-until'),
    ids: new Set(findAll(document, (n) => attr(n, 'id') !== undefined).map((n) => attr(n, 'id'))),
  };
}

function leadsOn(document) {
  return find(document, (n) => n.tagName === 'meta' && attr(n, 'http-equiv') === 'refresh') !== undefined;
}

/** What the host answers to a path (without the prefix): {status, file?, location?}. */
export function answer(site, path) {
  let decoded;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return { status: 400 };
  }
  const rule = redirectFor(site.redirects, site.prefix + decoded);
  if (rule?.force) return follow(site, rule);
  const file = fileFor(site, decoded);
  if (file) return { status: 200, file };
  if (!decoded.endsWith('/') && site.files.has(`${decoded}/index.html`)) return { status: 301, location: `${path}/` };
  if (rule) return follow(site, rule);
  return { status: 404, file: site.files.has('/404.html') ? '/404.html' : undefined };
}

function fileFor(site, path) {
  if (path === '/_headers' || path === '/_redirects') return undefined;
  return [path, path.endsWith('/') ? `${path}index.html` : `${path}.html`].find((f) => site.files.has(f));
}

function follow(site, rule) {
  if (rule.status >= 300 && rule.status < 400) return { status: rule.status, location: rule.to };
  const local = rule.to.startsWith(`${site.prefix}/`) ? fileFor(site, rule.to.slice(site.prefix.length)) : undefined;
  return local ? { status: rule.status, file: local } : { status: 502 }; // a proxied address; nothing outside is asked
}

/** The headers the site's own rules give to a path, lower-case name → value. */
export function ownHeaders(site, path) {
  return headersFor(site.headerRules, site.prefix + path);
}

/** A path of the site (or an absolute address) → the address a visitor types. */
export function address(site, path) {
  return path === '/404.html' ? `${site.origin}${site.prefix}/no/such/page/` : `${site.origin}${site.prefix}${path}`;
}
