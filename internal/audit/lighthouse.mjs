// Lighthouse, mobile, as a library. Accessibility, best practices, SEO and layout
// shift are properties of the page and gate hard. Speed depends on what else the
// machine does: the bytes are gated elsewhere, so here performance has a low hard
// bar and the aims (98, 1.5 s) warn.

import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { launch } from './browser.mjs';
import { address } from './site.mjs';

const RUNS = 3;
const MOST_RUNS = 9; // while the hard bar of speed is missed: another program at work only ever slows a run
const SPEED = 90;

/** Best of three or more runs on each page (Lighthouse refuses a 404); stops early when a run reaches every aim. */
export async function runLighthouse({ site, server, report }, pages) {
  const port = await freePort();
  const browser = await launch(site, server, [`--remote-debugging-port=${port}`]);
  try {
    for (const page of pages.filter((p) => p.kind !== 'missing')) judge(report, page, await bestOf(address(site, page.path), port));
  } finally {
    await browser.close();
  }
}

async function bestOf(url, port) {
  const best = { performance: 0, lcp: Infinity, shift: Infinity, missed: [] };
  for (let i = 0; i < RUNS || (best.performance < SPEED && i < MOST_RUNS); i++) {
    const { lhr } = await lighthouse(url, { port, output: 'json', logLevel: 'error' });
    const points = (name) => Math.round(100 * (lhr.categories[name].score ?? 0));
    for (const name of ['accessibility', 'best-practices', 'seo']) best[name] = Math.max(best[name] ?? 0, points(name));
    best.performance = Math.max(best.performance, points('performance'));
    best.lcp = Math.min(best.lcp, lhr.audits['largest-contentful-paint'].numericValue ?? Infinity);
    best.shift = Math.min(best.shift, lhr.audits['cumulative-layout-shift'].numericValue ?? Infinity);
    best.missed = failedAudits(lhr);
    if (best.performance >= 98 && best.lcp <= 1500 && best.missed.length === 0) break;
  }
  return best;
}

function failedAudits(lhr) {
  return ['accessibility', 'best-practices', 'seo'].flatMap((name) => lhr.categories[name].auditRefs
    .filter((ref) => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 1)
    .map((ref) => `${name}: ${lhr.audits[ref.id].title}`));
}

function judge(report, page, best) {
  for (const name of ['accessibility', 'best-practices', 'seo']) report.atLeast(`Lighthouse ${name}`, page.path, best[name], 100, best.missed);
  report.atMost('Lighthouse layout shift', page.path, best.shift, 0);
  report.atLeast('Lighthouse performance', page.path, best.performance, SPEED);
  report.atLeast('Lighthouse performance, aim', page.path, best.performance, 98, [], true);
  report.add({ check: 'Lighthouse LCP, aim', where: page.path, value: best.lcp, bar: '<= 1500 ms', ok: best.lcp <= 1500, soft: true });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
