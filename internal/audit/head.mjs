// What stands in the head and in the frame of every page of the site. Static:
// reads the parsed pages, needs no browser.

import { attr, find, findAll, textOf, words } from './html.mjs';

/** Judges every page; also that no two pages share a title or a description. */
export function checkHeads({ site, report }) {
  for (const page of site.pages) {
    report.none('head inventory', page.path, headProblems(site, page));
    report.none('frame of the page', page.path, frameProblems(page.document));
  }
  const indexed = site.pages.filter((p) => !isNoIndex(p.document));
  for (const [what, read] of [['title', titleOf], ['description', (d) => meta(d, 'name', 'description')]]) {
    report.none(`unique ${what}`, 'site', repeated(indexed, read));
  }
}

function headProblems(site, page) {
  const d = page.document;
  const missing = page.path === '/404.html';
  const title = titleOf(d);
  const description = meta(d, 'name', 'description') ?? '';
  const wanted = {
    title: title !== '',
    'description of 1 to 160 characters': description.length > 0 && [...description].length <= 160,
    'meta charset': findAll(d, (n) => n.tagName === 'meta' && attr(n, 'charset') !== undefined).length === 1,
    'viewport that may be zoomed': /width=device-width/.test(meta(d, 'name', 'viewport') ?? '')
      && !/maximum-scale|user-scalable/.test(meta(d, 'name', 'viewport')),
    'color-scheme light dark': meta(d, 'name', 'color-scheme') === 'light dark',
    'theme-color for both schemes': ['light', 'dark'].every((scheme) => find(d, (n) => n.tagName === 'meta'
      && attr(n, 'name') === 'theme-color' && (attr(n, 'media') ?? '').includes(scheme))),
    icon: link(d, 'icon').length > 0,
    'feed link': link(d, 'alternate').some((n) => attr(n, 'type') === 'application/atom+xml' && attr(n, 'title')),
    'print style': hasPrintStyle(d),
  };
  if (missing) {
    wanted['noindex on the 404 page'] = isNoIndex(d);
  } else {
    Object.assign(wanted, forIndexed(site, page, title, description));
  }
  return Object.entries(wanted).filter(([, ok]) => !ok).map(([what]) => what);
}

function forIndexed(site, page, title, description) {
  const d = page.document;
  const og = (name) => meta(d, 'property', `og:${name}`);
  const here = site.origin + site.prefix + page.path;
  const twin = site.files.has(page.file.replace(/html$/, 'md'));
  return {
    'canonical address of its own': link(d, 'canonical').length === 1 && page.canonical === here,
    'og:title, og:type': Boolean(og('title') && og('type')) && og('title') === title,
    'og:url as canonical': og('url') === page.canonical,
    'og:description, og:site_name': og('description') === description && Boolean(og('site_name')),
    'og:image, absolute, with size and alt': (og('image') ?? '').startsWith(site.origin) && !/\.svg$/.test(og('image'))
      && Boolean(og('image:width') && og('image:height') && og('image:alt')),
    'twitter:card': meta(d, 'name', 'twitter:card') === 'summary_large_image',
    'Markdown alternate': link(d, 'alternate').some((n) => attr(n, 'type') === 'text/markdown') === twin,
    'a Markdown twin': twin || !['entry', 'provider'].includes(page.kind) || !site.files.has('/llms.txt'),
  };
}

/** One main, one h1, headings without gaps, a skip link that comes first, a language, nothing that CSP would block. */
export function frameProblems(d) {
  const problems = [];
  const need = (ok, what) => ok || problems.push(what);
  const count = (tag) => findAll(d, (n) => n.tagName === tag).length;
  need(attr(find(d, (n) => n.tagName === 'html'), 'lang'), 'no lang on html');
  need(count('main') === 1, `${count('main')} main elements, want 1`);
  need(count('h1') === 1, `${count('h1')} h1 elements, want 1`);
  problems.push(...headingGaps(findAll(d, (n) => /^h[1-6]$/.test(n.tagName)).map((n) => Number(n.tagName[1]))));
  const first = find(d, (n) => n.tagName === 'a' && attr(n, 'href') !== undefined);
  const target = (attr(first, 'href') ?? '').replace(/^#/, '');
  const main = find(d, (n) => n.tagName === 'main');
  need(target && main && (attr(main, 'id') === target || find(main, (n) => attr(n, 'id') === target)), 'the first link does not skip to main');
  for (const n of findAll(d, () => true)) {
    for (const a of n.attrs) {
      if (a.name === 'style') problems.push(`style attribute on ${n.tagName}`);
      if (/^on/.test(a.name)) problems.push(`${a.name} attribute on ${n.tagName}`);
    }
  }
  return problems;
}

/** Heading levels in order → what is skipped. */
export function headingGaps(levels) {
  return levels.flatMap((level, i) => {
    const before = i === 0 ? 0 : levels[i - 1];
    return level > before + 1 ? [`h${level} follows ${before === 0 ? 'nothing' : `h${before}`}`] : [];
  });
}

function hasPrintStyle(d) {
  return findAll(d, (n) => n.tagName === 'style').some((n) => /@media[^{]*\bprint\b/.test(textOf(n)) || /print/.test(attr(n, 'media') ?? ''))
    || link(d, 'stylesheet').some((n) => /print/.test(attr(n, 'media') ?? ''));
}

function titleOf(d) {
  const title = find(d, (n) => n.tagName === 'title');
  return title ? textOf(title).trim() : '';
}

function meta(d, key, name) {
  return attr(find(d, (n) => n.tagName === 'meta' && attr(n, key) === name), 'content');
}

function link(d, rel) {
  return findAll(d, (n) => n.tagName === 'link' && words(attr(n, 'rel')).includes(rel));
}

/** May search engines not list the page? */
export function isNoIndex(d) {
  return /noindex/.test(meta(d, 'name', 'robots') ?? '');
}

function repeated(pages, read) {
  const seen = new Map();
  for (const page of pages) {
    const value = read(page.document);
    seen.set(value, [...(seen.get(value) ?? []), page.path]);
  }
  return [...seen].filter(([, paths]) => paths.length > 1).map(([value, paths]) => `${paths.join(' ')}: ${value}`);
}
