// Structured data: that it parses, and that it says what search engines still read.

import { attr, findAll, textOf } from './html.mjs';

// Withdrawn, or only for pages where visitors write the answers.
const UNWANTED = ['HowTo', 'QAPage', 'SpecialAnnouncement'];
const ZONED = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)$/;

/** Judges the structured data of every page, and its date against the page and the sitemap. */
export function checkStructuredData({ site, report }) {
  const changed = new Map([...site.text('/sitemap.xml').matchAll(/<url>(.*?)<\/url>/gs)].map(([, url]) => [
    /<loc>(.*?)<\/loc>/.exec(url)?.[1], /<lastmod>(.*?)<\/lastmod>/.exec(url)?.[1],
  ]));
  for (const page of site.pages) {
    const problems = [];
    const things = findAll(page.document, (n) => n.tagName === 'script' && attr(n, 'type') === 'application/ld+json').flatMap((n) => {
      try {
        const data = JSON.parse(textOf(n));
        if (!/^https?:\/\/schema\.org\/?$/.test(data['@context'])) problems.push('no @context of schema.org');
        return data['@graph'] ?? [data];
      } catch (err) {
        problems.push(`not JSON: ${err.message}`);
        return [];
      }
    });
    problems.push(...thingProblems(things, page.kind, page.canonical, site.origin));
    if (page.kind === 'entry') problems.push(...dateProblems(page, things, changed.get(page.canonical)));
    report.none('JSON-LD', page.path, problems);
  }
}

/** What is wrong with a page's things, by the kind of page. */
export function thingProblems(things, kind, canonical, origin) {
  const ofType = (type) => things.filter((t) => [t['@type']].flat().includes(type));
  const problems = UNWANTED.filter((t) => ofType(t).length > 0).map((t) => `${t} is not for us`);
  const crumbs = ofType('BreadcrumbList');
  if (!['home', 'missing'].includes(kind)) {
    if (crumbs.length !== 1) problems.push(`${crumbs.length} BreadcrumbList, want 1`);
  }
  problems.push(...crumbs.flatMap((c) => crumbProblems(c, origin)));
  if (kind === 'entry') {
    const articles = ofType('TechArticle');
    if (articles.length !== 1) problems.push(`${articles.length} TechArticle, want 1`);
    problems.push(...articles.flatMap((a) => articleProblems(a, canonical, origin)));
  }
  for (const faq of ofType('FAQPage')) {
    const questions = faq.mainEntity ?? [];
    if (questions.length === 0 || questions.some((q) => !q.name || !q.acceptedAnswer?.text)) problems.push('FAQPage with an empty question or answer');
  }
  return problems;
}

function crumbProblems(list, origin) {
  const items = list.itemListElement ?? [];
  const problems = items.length === 0 ? ['BreadcrumbList without items'] : [];
  items.forEach((item, i) => {
    if (item.position !== i + 1) problems.push(`breadcrumb ${i + 1} has position ${item.position}`);
    if (!item.name) problems.push(`breadcrumb ${i + 1} has no name`);
    const target = item.item?.['@id'] ?? item.item;
    if (target === undefined ? i < items.length - 1 : !String(target).startsWith(origin)) problems.push(`breadcrumb ${i + 1} has no absolute address`);
  });
  return problems;
}

function articleProblems(article, canonical, origin) {
  const absolute = (value) => [value].flat().every((v) => String(v?.url ?? v ?? '').startsWith(origin));
  const wanted = {
    'both TechArticle and Article': [article['@type']].flat().includes('Article'),
    headline: Boolean(article.headline),
    'an absolute image': article.image !== undefined && absolute(article.image),
    'datePublished with a zone': ZONED.test(article.datePublished),
    'dateModified with a zone': ZONED.test(article.dateModified),
    'dateModified not before datePublished': Date.parse(article.dateModified) >= Date.parse(article.datePublished),
    'an author with a name and an address': [article.author].flat().every((a) => a?.name && /^https:/.test(a?.url ?? '')),
    'its own address as main entity': article.mainEntityOfPage === undefined
      || (article.mainEntityOfPage['@id'] ?? article.mainEntityOfPage) === canonical,
  };
  return Object.entries(wanted).filter(([, ok]) => !ok).map(([what]) => `TechArticle: want ${what}`);
}

// One day on the page, in the structured data and in the sitemap.
function dateProblems(page, things, lastmod) {
  const modified = things.find((t) => [t['@type']].flat().includes('TechArticle'))?.dateModified?.slice(0, 10);
  if (!modified) return [];
  const shown = findAll(page.document, (n) => n.tagName === 'time').map((n) => attr(n, 'datetime')?.slice(0, 10));
  return [
    lastmod?.slice(0, 10) === modified ? '' : `dateModified ${modified}, but lastmod in the sitemap is ${lastmod}`,
    shown.includes(modified) ? '' : `dateModified ${modified} stands in no <time> of the page`,
  ].filter(Boolean);
}
