// Every address in every file of the site, followed on the site itself: pages,
// fragments, pictures, feeds, the sitemap, llms.txt, Markdown twins, JSON.

import { attr, findAll, textOf } from './html.mjs';
import { isNoIndex } from './head.mjs';
import { answer } from './site.mjs';

const URL_ATTRIBUTES = ['href', 'src', 'poster', 'cite', 'data', 'action', 'formaction'];

/** Follows all links, and compares the sitemap with what there is. */
export function checkLinks({ site, report }) {
  const followed = new Set(); // pages that another page links to
  const external = new Map();
  const broken = [];
  for (const { file, base, url } of addressesOf(site)) {
    const target = URL.canParse(url, base) ? new URL(url, base) : undefined;
    const inside = target?.origin === site.origin && (target.pathname + '/').startsWith(`${site.prefix}/`);
    if (!target) broken.push(`${file}: not an address: ${url}`);
    else if (inside) {
      const problem = insideProblem(site, target);
      if (problem) broken.push(`${file}: ${url}: ${problem}`);
      const path = target.pathname.slice(site.prefix.length);
      if (site.byPath.has(file) && file !== path) followed.add(path);
    } else if (!['mailto:', 'data:'].includes(target.protocol)) external.set(target.href, file);
  }
  report.none('broken internal links', `${site.files.size} files`, [...new Set(broken)]);
  report.none('external links without https', `${external.size} addresses`, [...external]
    .filter(([url]) => !url.startsWith('https:')).map(([url, file]) => `${file}: ${url}`));
  report.none('sitemap', 'site', sitemapProblems(site));
  report.none('pages nobody links to', 'site', site.pages.map((p) => p.path)
    .filter((p) => p !== '/' && p !== '/404.html' && !followed.has(p)));
  report.none('redirects', '_redirects', redirectProblems(site));
}

// What is wrong with an address of the site. Redirects are for old addresses that
// others have kept; the site itself links to where a page is now.
function insideProblem(site, target) {
  const path = target.pathname.slice(site.prefix.length) || '/';
  const { status, file, location } = answer(site, path);
  if (status >= 300 && status < 400) return `redirects to ${location}`;
  if (status === 502) return undefined; // a proxied address, such as /live/*: not ours to follow
  if (status !== 200) return `answers ${status}`;
  const fragment = decodeURIComponent(target.hash.slice(1));
  const page = site.byPath.get(path);
  if (fragment && page && !fragment.startsWith(':~:') && !page.ids.has(fragment)) return `no element with id ${fragment}`;
  return fragment && !page && file.endsWith('.html') ? `no page at ${path}` : undefined;
}

function* addressesOf(site) {
  for (const page of site.pages) {
    const base = site.origin + site.prefix + (page.path === '/404.html' ? '/' : page.path);
    for (const url of pageAddresses(page.document)) yield { file: page.path, base, url };
  }
  for (const file of site.files.keys()) {
    if (!/\.(xml|txt|md|json|webmanifest)$/.test(file)) continue;
    const base = site.origin + site.prefix + file;
    for (const url of textAddresses(file, site.text(file), site.origin)) yield { file, base, url };
  }
}

/** Every address in a parsed page: attributes, head, structured data. */
export function pageAddresses(document) {
  return findAll(document, () => true).flatMap((n) => {
    const found = URL_ATTRIBUTES.map((name) => attr(n, name)).filter((v) => v !== undefined);
    const srcset = attr(n, 'srcset');
    if (srcset) found.push(...srcset.split(',').map((s) => s.trim().split(/\s+/)[0]));
    if (n.tagName === 'meta' && /^(og:(image|url)|twitter:image)$/.test(attr(n, 'property') ?? attr(n, 'name') ?? '')) found.push(attr(n, 'content'));
    if (n.tagName === 'script' && attr(n, 'type') === 'application/ld+json') found.push(...jsonAddresses(textOf(n)));
    return found;
  });
}

function jsonAddresses(text) {
  return [...text.matchAll(/"(https?:\/\/[^"\\]+)"/g)].map((m) => m[1]).filter((u) => !/^https?:\/\/schema\.org\/?$/.test(u));
}

/** The addresses of a file that is not HTML: full ones of this site everywhere, and the links of Markdown and manifests. */
export function textAddresses(file, text, origin) {
  const own = new RegExp(`${origin.replaceAll('.', '\\.')}[^\\s"'<>()\\\\\`]*`, 'g');
  const found = (text.match(own) ?? []).map((u) => u.replaceAll('&amp;', '&').replace(/[.,;:*]+$/, ''));
  if (file.endsWith('.md') || file === '/llms.txt') found.push(...markdownLinks(text));
  if (file.endsWith('.webmanifest')) found.push(...[...text.matchAll(/"(?:src|start_url|scope)"\s*:\s*"([^"]+)"/g)].map((m) => m[1]));
  return [...new Set(found)];
}

function markdownLinks(text) {
  const prose = text.replace(/^(```|~~~)[^]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)/g)].map((m) => m[1]);
}

function sitemapProblems(site) {
  const listed = new Set([...site.text('/sitemap.xml').matchAll(/<loc>(.*?)<\/loc>/g)].map((m) => m[1].replaceAll('&amp;', '&')));
  const wanted = new Set(site.pages.filter((p) => p.path !== '/404.html' && !isNoIndex(p.document)).map((p) => p.canonical));
  return [
    ...[...wanted].filter((u) => !listed.has(u)).map((u) => `not listed: ${u}`),
    ...[...listed].filter((u) => !wanted.has(u)).map((u) => `listed, but no page to index: ${u}`),
    ...(/<(priority|changefreq)>/.test(site.text('/sitemap.xml')) ? ['priority and changefreq are read by nobody'] : []),
  ];
}

function redirectProblems(site) {
  return site.redirects.filter((r) => r.to.startsWith('/') && !/[:*]/.test(r.to)).flatMap((rule) => {
    const to = answer(site, rule.to.replace(/[?#].*/, '').slice(site.prefix.length));
    const hidden = !rule.force && answer(site, rule.from.slice(site.prefix.length)).status === 200 && rule.status !== 200;
    return [
      to.status === 200 || rule.status === 404 ? '' : `${rule.from} leads to ${rule.to}, which answers ${to.status}`,
      hidden ? `${rule.from} is a page of its own, so the rule is never used` : '',
    ].filter(Boolean);
  });
}
