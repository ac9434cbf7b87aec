// The box that finds the page of a pasted error, in a real browser: what it
// shows, that it is worked by keyboard, what it tells a screen reader, that no
// text leaves the page, and how long a first answer takes on a slow phone.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { runAxe } from './axe.mjs';
import { MODES, visit } from './browser.mjs';

const SCRIPT = '/find.js';
const INDEX = '/api/v1/match.json';

// Slow 4G and a processor a quarter as fast, as reader.md has it.
const SLOW = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER = 4;

const secret = 'sk-proj-abcdefghijkl1234567890';
const paste = (code, message) => `Traceback (most recent call last):
  File "/srv/app/main.py", line 12, in <module>
openai.RateLimitError: Error code: 429 - {'error': {'message': '${message}', 'type': '${code}', 'param': None, 'code': '${code}'}}
OPENAI_API_KEY=${secret}`;

/** Judges the box on every page kind that has one, in all modes. */
export async function checkFind({ site, server, browser, report }) {
  const file = (path) => readFileSync(join(site.root, path));
  const index = JSON.parse(file(INDEX));
  report.atMost('script of the box, brotli', SCRIPT, brotliCompressSync(file(SCRIPT)).length, 8 * 1024, [], ' B');
  const samples = [0, 0.25, 0.5, 0.75].map((from) => brotliCompressSync(JSON.stringify({ ...index, entries: spread(index.entries, 400, from) })).length);
  report.atMost('index for 400 entries, brotli', INDEX, Math.max(...samples), 40 * 1024, [], ' B');
  const entry = index.entries.findIndex((e) => e.messages?.[0]?.length > 40 && e.code?.length);
  const known = index.entries[entry];
  const text = paste(known.code[0], known.messages[0].replace(/[{}]/g, ''));
  const want = index.site.page.replace('{provider}', index.providers[known.p].slug).replace('{entry}', known.slug);
  const pages = ['/', index.site.find.slice(site.prefix.length), want.slice(site.prefix.length)].map((path) => site.pages.find((p) => p.path === path));
  for (const page of pages) {
    for (const mode of MODES) {
      const where = `${page.path} ${mode.name}`;
      server.log.length = 0;
      const problems = await visit(browser, site, page, mode, (tab, { errors }) => use({ report, page, mode, tab, errors }, { text, want, find: index.site.find }));
      const asked = server.log.map((l) => l.path);
      if (asked.some((path) => /exceeded|Traceback|sk-proj/i.test(decodeURIComponent(path)))) problems.push('the text was sent to the server');
      if (asked.filter((path) => path === site.prefix + SCRIPT || path === site.prefix + INDEX).length !== 2) problems.push(`asked for script and index not once each: ${asked}`);
      report.none('the box', where, problems);
    }
  }
  await measureSpeed({ site, browser, report }, pages[0], text);
}

// As many entries, taken from everywhere; from is a part of the step to begin at.
function spread(entries, most, from) {
  const step = Math.max(1, entries.length / most);
  return Array.from({ length: Math.min(most, entries.length) }, (_, i) => entries[Math.floor((i + from) * step)]);
}

async function use({ report, page, mode, tab, errors }, { text, want, find }) {
  const problems = [];
  const expect = (holds, what) => { if (!holds) problems.push(what); };
  const inPage = await tab.$('#find');
  if (inPage) await tab.focus('#find textarea');
  else {
    await tab.focus('[data-find]'); // by keyboard, as any link
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('dialog[open]');
    expect(await tab.evaluate(() => document.activeElement.matches('dialog textarea')), 'the dialog does not put the focus into its box');
  }
  await tab.keyboard.insertText(text);
  await tab.waitForSelector('.found a');
  expect((await tab.getAttribute('.found a', 'href')) === want, `first answer is ${await tab.getAttribute('.found a', 'href')}, want ${want}`);
  expect(await tab.evaluate(() => document.querySelector('.say[role=status]')?.textContent), 'nothing is told to screen readers');
  await tab.keyboard.press('ArrowDown');
  expect(await tab.evaluate(() => document.activeElement.matches('.found a')), 'ArrowDown does not lead to the first answer');
  await tab.keyboard.press('ArrowUp');
  expect(await tab.evaluate(() => document.activeElement.matches('textarea')), 'ArrowUp does not lead back');
  const address = await tab.evaluate(() => document.querySelector('.find .after a')?.href ?? location.href);
  expect(new URL(address).pathname === find && new URL(address).hash.length > 40, `the answer cannot be shared: ${address}`);
  expect(!decodeURIComponent(address).includes(secret), 'a key stands in the address');
  await runAxe({ report }, { path: `${page.path} with the box in use` }, mode, tab);
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  report.atMost('overflow with the box in use', `${page.path} ${mode.name}`, Math.max(0, wide), 0, [], ' px');
  await tab.fill('textarea', 'zzzzqqq xyzzy');
  await tab.waitForFunction(() => document.querySelectorAll('.found a').length === 0);
  if (!inPage) {
    await tab.keyboard.press('Escape');
    expect(await tab.evaluate(() => document.activeElement.matches('[data-find]')), 'Escape does not lead back to the link');
  }
  const violations = await tab.evaluate(() => globalThis.auditViolations);
  return problems.concat(errors, violations);
}

// From the paste into a box that was never used to the first answer; then what
// a question costs, and one of 64 KB.
async function measureSpeed({ site, browser, report }, page, text) {
  const firsts = [], next = [], longs = [];
  const long = Array.from({ length: 800 }, (_, i) => `2026-11-20T03:12:${i % 60} worker ${i}: request ${i * 7919} to the model server failed, retry in ${i % 9} s`).join('\n').slice(0, 64 * 1024 - text.length) + '\n' + text;
  for (let run = 0; run < 3; run++) {
    await visit(browser, site, page, {}, async (tab, { context }) => {
      const cdp = await context.newCDPSession(tab);
      await cdp.send('Network.enable');
      await cdp.send('Network.emulateNetworkConditions', SLOW);
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
      firsts.push(await tab.evaluate(answered, text));
      const [short, whole] = await tab.evaluate(asked, { script: site.prefix + SCRIPT, index: site.prefix + INDEX, texts: [text, long] });
      next.push(short);
      longs.push(whole);
    });
  }
  const best = (list) => Math.min(...list);
  const soft = (check, value, bar) => report.add({ check, where: page.path, value, bar: `<= ${bar} ms`, ok: value <= bar, soft: true });
  soft('first answer after a paste, slow 4G', best(firsts), 600);
  soft('a question, CPU / 4', best(next), 20);
  soft('a question of 64 KB, CPU / 4', best(longs), 100);
}

// In the page: what finding each text takes in milliseconds, the best of five.
async function asked({ script, index, texts }) {
  const [{ open }, built] = await Promise.all([import(script), fetch(index).then((answer) => answer.json())]);
  const { find } = open(built);
  return texts.map((text) => Math.min(...Array.from({ length: 5 }, () => {
    const start = performance.now();
    find(text);
    return performance.now() - start;
  })));
}

// In the page: puts a text into the box and waits for the answer; milliseconds.
function answered(text) {
  const box = document.getElementById('find'), area = box.querySelector('textarea');
  const start = performance.now();
  return new Promise((resolve) => {
    box.querySelector('.found')?.replaceChildren();
    const seen = new MutationObserver(() => {
      if (!box.querySelector('.found a')) return;
      seen.disconnect();
      resolve(performance.now() - start);
    });
    seen.observe(box, { childList: true, subtree: true });
    area.value = text;
    area.focus();
    area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  });
}
