#!/usr/bin/env node
// The browser gate. Serves a built folder as its host would and measures it:
//
//   node audit.mjs --site ../../public
//   node audit.mjs --site ../../public --pages /,/openai/ --only axe,contrast
//
// Exit 0 when every bar holds, 1 when one is missed, 2 when the command line is wrong.

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runAxe } from './axe.mjs';
import { launch, MODES, visit } from './browser.mjs';
import { contrast } from './contrast.mjs';
import { checkExpiry, checkLevels } from './expired.mjs';
import { checkFind } from './find.mjs';
import { focus, targets } from './focus.mjs';
import { checkHeads } from './head.mjs';
import { checkHeaders } from './headers.mjs';
import { checkStructuredData } from './jsonld.mjs';
import { runLighthouse } from './lighthouse.mjs';
import { checkLinks } from './links.mjs';
import { complaints, measureLoad, overflow, weigh } from './measure.mjs';
import { otherMedia } from './media.mjs';
import { choosePages } from './pages.mjs';
import { asText, newReport } from './report.mjs';
import { serve } from './serve.mjs';
import { NoSite, openSite } from './site.mjs';
import { runNu } from './vnu.mjs';
import { checkFiles } from './wellformed.mjs';

// The parts of a run, in order. "look" is everything done in all four modes.
const IN_BROWSER = ['files', 'load', 'look', 'expiry', 'media', 'find', 'lighthouse'];
const PARTS = ['static', 'nu', ...IN_BROWSER];

const USAGE = `usage: node audit.mjs [flags]

  --site DIR      the built folder (default ../../public)
  --pages LIST    paths to look at in the browser, instead of one of every kind
  --only LIST     only these parts: ${PARTS.join(', ')}
  --quick         two pages, two of the four modes, no Nu checker, no Lighthouse
  --full          Lighthouse on every chosen page, not only home and one entry
  --json FILE     also write every measurement
  --list          print the chosen pages and stop
`;

class WrongCommand extends Error {}

async function main() {
  const options = readOptions();
  const site = openSite(resolve(options.site));
  const pages = options.pages ? namedPages(site, options.pages) : chosenPages(site, options);
  if (options.list) return console.log(pages.map((p) => `${p.kind.padEnd(10)} ${p.path}`).join('\n'));
  const report = newReport();
  const timed = async (part, run) => {
    if (!options.parts.has(part)) return;
    const start = performance.now();
    await run();
    console.error(`${part}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
  };
  await timed('static', () => [weigh, checkHeads, checkStructuredData, checkLinks, checkHeaders].forEach((check) => check({ site, report })));
  const nu = timed('nu', () => runNu({ site, report })); // Java works while the browser does
  nu.catch(() => {}); // awaited below, where its error is told
  await inBrowser({ site, report, pages, options, timed, nu });
  await nu;
  console.log(asText(report.rows));
  if (options.json) writeFileSync(options.json, JSON.stringify(report.rows, null, 1));
  process.exitCode = report.failed() ? 1 : 0;
}

async function inBrowser({ site, report, pages, options, timed, nu }) {
  if (!IN_BROWSER.some((part) => options.parts.has(part))) return;
  const server = await serve(site);
  const browser = await launch(site, server);
  const context = { site, server, browser, report };
  try {
    const each = (run) => async () => { for (const page of pages) await run(page); };
    await timed('files', () => checkFiles(context));
    await timed('load', each((page) => measureLoad(context, page)));
    await timed('look', each((page) => lookAt(context, page, options.quick ? MODES.filter((_, i) => i === 0 || i === 3) : MODES)));
    await timed('expiry', () => expiry(context, pages));
    await timed('media', each((page) => otherMedia(context, page)));
    await nu; // the rest measures speed: nothing else may run
    await timed('find', () => checkFind(context));
    await timed('lighthouse', () => runLighthouse(context, options.full ? pages : twoOf(pages)));
  } finally {
    await browser.close();
    server.close();
  }
}

// All modes side by side: a visit mostly waits for the browser.
async function lookAt(context, page, modes) {
  await Promise.all(modes.map((mode) => lookIn(mode, context, page)));
}

async function lookIn(mode, context, page) {
  const { colorScheme, viewport } = mode;
  const others = [];
  const before = async (tab) => tab.on('request', (r) => others.push(r.url()));
  await visit(context.browser, context.site, page, { colorScheme, viewport, before }, async (tab, { errors }) => {
    await focus(context, page, mode, tab); // first: the Tab key must start at the top
    await runAxe(context, page, mode, tab);
    await contrast(context, page, mode, tab);
    await targets(context, page, mode, tab);
    await complaints(context, page, mode, tab, errors, others);
    await overflow(context, page, mode, tab); // last: it respaces the page
  });
}

async function expiry(context, pages) {
  const withVerdict = pages.filter((p) => p.until);
  if (withVerdict.length === 0) {
    context.report.none('verdict past its end', 'site', ['no page has a verdict with an end: build with a snapshot to judge this']);
  }
  const kinds = new Map(withVerdict.map((p) => [p.kind, p]));
  for (const page of kinds.values()) await checkExpiry(context, page);
  for (const page of pages) await checkLevels(context, page);
}

function readOptions() {
  const values = readFlags();
  const parts = new Set(values.only ? values.only.split(',') : PARTS);
  for (const part of parts) if (!PARTS.includes(part)) throw new WrongCommand(`unknown part ${part}; want one of ${PARTS.join(', ')}`);
  if (values.quick) ['nu', 'lighthouse'].forEach((part) => parts.delete(part));
  return { ...values, parts };
}

function readFlags() {
  const text = { type: 'string' };
  const yes = { type: 'boolean' };
  const options = { site: { ...text, default: '../../public' }, pages: text, only: text, json: text, quick: yes, full: yes, list: yes };
  try {
    return parseArgs({ options }).values;
  } catch (err) {
    throw new WrongCommand(err.message);
  }
}

function namedPages(site, list) {
  return list.split(',').map((path) => {
    const page = site.byPath.get(path);
    if (!page) throw new WrongCommand(`no page ${path}`);
    return page;
  });
}

function chosenPages(site, options) {
  const pages = choosePages(site.pages);
  return options.quick ? twoOf(pages) : pages;
}

function twoOf(pages) {
  const two = pages.filter((p) => p.path === '/').concat(pages.find((p) => p.kind === 'entry') ?? []);
  return two.length > 0 ? two : pages.slice(0, 2);
}

main().catch((err) => {
  const wrong = err instanceof WrongCommand;
  console.error(wrong ? `${err.message}\n\n${USAGE}` : err instanceof NoSite ? err.message : err);
  process.exitCode = wrong ? 2 : 1;
});
