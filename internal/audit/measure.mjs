// What a page costs at load, what the browser complains about, whether it fits
// a narrow window, and how much of it is left without JavaScript.

import { readFileSync } from 'node:fs';
import { visit } from './browser.mjs';
import { isList } from './pages.mjs';
import { brotli } from './serve.mjs';
import { address } from './site.mjs';

const PAGE_BYTES = 14_336; // ten TCP segments: what the first round trip carries
const LIST_BYTES = 32_768;
const PHONE = { width: 320, height: 640 };

/** The compressed size of every page of the site; no browser needed. */
export function weigh({ site, report }) {
  for (const page of site.pages) {
    const bytes = brotli(readFileSync(site.files.get(page.file))).length;
    const list = isList(page);
    report.atMost(list ? 'HTML of a list page, brotli' : 'HTML, brotli', page.path, bytes, list ? LIST_BYTES : PAGE_BYTES, [], ' B');
  }
}

/** One cold visit: requests, bytes, blocking, failures, cookies; then the text with and without script. */
export async function measureLoad({ site, browser, server, report }, page) {
  const before = server.log.length;
  const text = await visit(browser, site, page, { viewport: PHONE }, async (tab, { context }) => {
    await tab.waitForTimeout(300); // an icon is asked for after load
    const log = server.log.slice(before);
    const asked = log.slice(log.findIndex((r) => r.document)); // not what an earlier visit still asked for
    const list = isList(page);
    report.atMost(list ? 'transfer of a list page' : 'transfer at load', page.path, transferred(asked), list ? LIST_BYTES : PAGE_BYTES, told(asked), ' B');
    report.atMost('requests at load', page.path, asked.length, 2, told(asked));
    report.none('failed requests', page.path, told(asked.filter((r, i) => r.status >= 400 && !(i === 0 && page.path === '/404.html'))));
    report.none('render-blocking', page.path, await tab.evaluate(() => performance.getEntriesByType('resource')
      .filter((r) => r.renderBlockingStatus === 'blocking').map((r) => r.name)));
    report.none('cookies', page.path, (await context.cookies()).map((c) => c.name));
    return tab.evaluate(() => audit.pageText());
  });
  await compareWithoutScript({ site, browser, report }, page, text);
}

// HTTP/2 sends header blocks compressed; 300 bytes a reply is the first one's cost, later ones are less.
function transferred(replies) {
  return replies.reduce((sum, r) => sum + r.bytes + 300, 0);
}

function told(replies) {
  return replies.map((r) => `${r.status} ${r.path} ${r.bytes} B`);
}

async function compareWithoutScript({ site, browser, report }, page, withScript) {
  const options = { javaScriptEnabled: false, clock: false, viewport: PHONE };
  await visit(browser, site, page, options, async (tab) => {
    const without = await tab.evaluate(() => document.body.innerText.replace(/\s+/g, ' ').trim());
    report.atLeast('text without JavaScript, %', page.path, (100 * without.length) / withScript.length, 98);
    if (page.until === undefined) return;
    const answer = tab.locator('#verdict .answer').first();
    const box = await answer.boundingBox();
    report.none('verdict without JavaScript', page.path, box && (await answer.innerText()).trim() ? [] : ['#verdict .answer is not visible']);
    if (box) report.atMost('verdict ends in first screen', page.path, box.y + box.height, 640, ['at 320 × 640'], ' px');
  });
}

/** Console errors, CSP violations and requests to other hosts that one visit has seen. */
export async function complaints({ site, report }, page, mode, tab, errors, others) {
  const where = `${page.path} ${mode.name}`;
  report.none('console errors', where, errors);
  report.none('CSP violations', where, await tab.evaluate(() => auditViolations));
  report.none('third-party requests', where, others.filter((u) => !u.startsWith(site.origin) && !u.startsWith('data:')));
  if (page.path !== '/404.html' && tab.url() !== address(site, page.path)) {
    report.none('stays at its address', where, [`went to ${tab.url()}`]);
  }
}

/** Overflow as it stands, then with the text spacing of WCAG 1.4.12. Leaves the page spaced: call it last. */
export async function overflow({ report }, page, mode, tab) {
  const where = `${page.path} ${mode.name}`;
  const plain = await tab.evaluate(() => audit.overflowing());
  report.atMost('overflow', where, plain.px, 0, plain.out, ' px');
  const spaced = await tab.evaluate(() => {
    const sheet = new CSSStyleSheet(); // a sheet made by script needs no CSP hash
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets = [sheet];
    return audit.overflowing();
  });
  report.atMost('overflow with text spacing', where, spaced.px, 0, spaced.out, ' px');
  report.none('text cut off with spacing', where, spaced.cut);
}
