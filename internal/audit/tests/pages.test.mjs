import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameProblems, headingGaps } from '../head.mjs';
import { parsePage } from '../html.mjs';
import { thingProblems } from '../jsonld.mjs';
import { pageAddresses, textAddresses } from '../links.mjs';
import { choosePages, kindOf } from '../pages.mjs';
import { sortMessages } from '../vnu.mjs';

test('choosePages takes one of every kind, the preferred ones, and the longest entry', () => {
  const paths = ['/', '/404.html', '/a/', '/a/x/', '/openai/', '/openai/insufficient-quota/', '/openai/long/', '/http/404/', '/http/429/', '/search/'];
  const pages = paths.map((path) => ({ path, kind: kindOf(path, paths), source: path === '/openai/long/' ? 'x'.repeat(99) : '' }));
  assert.deepEqual(choosePages(pages).map((p) => p.path).sort(), ['/', '/404.html', '/http/429/', '/openai/', '/openai/insufficient-quota/', '/openai/long/', '/search/']);
});

test('headingGaps', () => {
  assert.deepEqual(headingGaps([1, 2, 3, 2, 3]), []);
  assert.deepEqual(headingGaps([2, 4]), ['h2 follows nothing', 'h4 follows h2']);
});

test('frameProblems names what is missing', () => {
  assert.deepEqual(frameProblems(parsePage('<html lang=en><a href=#m>skip</a><main id=m><h1>x</h1></main>')), []);
  assert.deepEqual(frameProblems(parsePage('<a href=#n>x</a><main id=m><h1 style="a:b" onclick="c">x</h1></main>')), [
    'no lang on html', 'the first link does not skip to main', 'style attribute on h1', 'onclick attribute on h1',
  ]);
});

test('thingProblems of an entry', () => {
  const origin = 'https://x.example';
  const article = { '@type': ['TechArticle', 'Article'], headline: 'h', image: `${origin}/og.png`, datePublished: '2026-09-01T00:00:00Z', dateModified: '2026-09-02T00:00:00Z', author: { name: 'n', url: `${origin}/` } };
  const crumbs = { '@type': 'BreadcrumbList', itemListElement: [{ position: 1, name: 'Home', item: `${origin}/` }, { position: 2, name: 'x' }] };
  const cases = [
    ['fine', [article, crumbs], []],
    ['a date without a zone', [{ ...article, dateModified: '2026-09-02' }, crumbs], ['TechArticle: want dateModified with a zone']],
    ['positions from 0', [article, { ...crumbs, itemListElement: [{ position: 0, name: 'Home' }] }], ['breadcrumb 1 has position 0']],
    ['withdrawn type', [article, crumbs, { '@type': 'HowTo' }], ['HowTo is not for us']],
    ['nothing', [], ['0 BreadcrumbList, want 1', '0 TechArticle, want 1']],
  ];
  for (const [name, things, want] of cases) assert.deepEqual(thingProblems(things, 'entry', `${origin}/a/b/`, origin), want, name);
});

test('addresses are found where they hide', () => {
  const html = '<link rel=canonical href="/c"><meta property="og:image" content="/i.png"><img srcset="/s.png 1x, /t.png 2x"><a href="#f">x</a><script type="application/ld+json">{"url":"https://x.example/j"}</script>';
  assert.deepEqual(pageAddresses(parsePage(html)), ['/c', '/i.png', '/s.png', '/t.png', '#f', 'https://x.example/j']);
  assert.deepEqual(textAddresses('/a.md', 'See [b](/b/ "t") and `[c](/c)`, https://x.example/d.\n', 'https://x.example'), ['https://x.example/d', '/b/']);
});

test('the Nu checker: a warning is an info of subtype warning', () => {
  const { errors, warnings, infos } = sortMessages([{ type: 'error', message: 'e' }, { type: 'info', subType: 'warning', message: 'w' }, { type: 'info', message: 'i' }], '/root');
  assert.deepEqual([errors.length, warnings.length, infos.length], [1, 1, 1]);
});

test('the Nu checker: the policy of a page is not asked for data', () => {
  const blocked = (tag) => ({
    type: 'info', subType: 'warning', message: 'Inline script violates Content Security Policy (meta tag): …', extract: `}</style>${tag}{`, hiliteStart: 9, hiliteLength: tag.length,
  });
  const { warnings } = sortMessages([blocked('<script type="application/ld+json">'), blocked('<script type="application/json">'), blocked('<script>')], '/root');
  assert.equal(warnings.length, 1);
});
