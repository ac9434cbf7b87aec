// A verdict ends at its data-until. Past that the page must stop saying what it
// said: it asks data-now once, and shows newer truth or "unknown". Never before.
//
// What it relies on: <section id="verdict" data-until data-now data-level> with a
// <p class="answer">, a <time>, and an empty aria-live element that later speaks;
// the file at data-now has level, last, checked_at, valid_until (RFC 3339).

import { visit } from './browser.mjs';
import { answer } from './site.mjs';

const MINUTE = 60_000;
const iso = (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

// A file at data-now: its level (the built one where none is named) and its times in minutes from now.
const says = (level, checked, until) => (built, now) => ({
  ...built,
  ...(level && { level, last: level, state: level === 'unknown' ? 'unclear' : level }),
  checked_at: iso(now + checked * MINUTE),
  valid_until: iso(now + until * MINUTE),
});

// What may stand there once the page's own verdict has ended.
const CASES = [
  { name: 'newer truth', fresh: true, file: says('major_outage', -1, 60) },
  { name: 'expired too', file: says(undefined, -120, -1) },
  { name: 'unreadable source', file: says('unknown', -1, 60) },
  { name: 'from the future', file: says('operational', 600, 900) },
  { name: 'without times', file: () => ({ level: 'operational', last: 'operational', state: 'operational' }) },
  { name: 'HTML instead of JSON', body: '<!doctype html><title>moved</title>' },
  { name: 'missing', status: 404, body: '' },
  { name: 'no network', abort: true },
];

/** Judges one page that carries a verdict: before its end, after it in all cases, and left open across it. */
export async function checkExpiry({ site, browser, report }, page) {
  const until = Date.parse(page.until);
  const look = (at, kase, act) => watch({ site, browser }, page, at, kase, act);
  const before = await look(until - MINUTE, CASES[0]);
  report.none('verdict before its end', page.path, [
    before.asked === 0 ? '' : `asked for newer truth ${before.asked} times`,
    before.live === 1 ? '' : `${before.live} empty aria-live elements in the verdict, want 1`,
    before.isLive ? 'the verdict itself is a live region' : '',
  ].filter(Boolean));
  for (const kase of CASES) {
    const after = await look(until + 5 * MINUTE, kase);
    report.none('verdict past its end', `${page.path} ${kase.name}`, problemsAfter(before, after, kase));
  }
  const open = await look(until - 10 * MINUTE, CASES[1], (tab) => tab.clock.fastForward(20 * MINUTE));
  report.none('verdict past its end', `${page.path} left open`, problemsAfter(before, open, CASES[1]));
  const woken = await look(until - 10 * MINUTE, CASES[1], wake(until + 60 * MINUTE));
  report.none('verdict past its end', `${page.path} opened again after sleep`, problemsAfter(before, woken, CASES[1]));
}

/** Judges the levels in lists, which end as verdicts do: a week later none of them may be claimed. */
export async function checkLevels({ site, browser, report }, page) {
  const ends = [...page.source.matchAll(/data-until="?([^\s">]+)/g)].map((m) => Date.parse(m[1]));
  if (ends.length === 0) return;
  const before = (tab) => tab.clock.install({ time: Math.max(...ends) + 7 * 24 * 60 * MINUTE });
  const claimed = await visit(browser, site, page, { clock: false, before }, (tab) =>
    tab.evaluate(() => [...document.querySelectorAll('.s[data-until], .s[class*=s-ok]:not(.law .s)')].map((e) => e.innerText)));
  report.none('levels past their end', page.path, claimed.map((word) => `still claims ${word}`));
}

function problemsAfter(before, after, kase) {
  const problems = [];
  if (after.asked !== 1) problems.push(`asked for newer truth ${after.asked} times, want 1`);
  if (kase.fresh) {
    if (after.level === 'unknown' || after.text === before.text) problems.push(`newer truth is not shown: ${after.answer}`);
    if (after.time === before.time) problems.push('the time is still that of the old check');
  } else if (after.level !== 'unknown' && !/unknown|not known|can.?t tell|cannot tell/i.test(after.answer)) {
    problems.push(`still speaks: ${after.answer}`);
  }
  return problems.concat(after.errors);
}

// A machine that slept: its clock has moved on, no timer has run, the reader looks again.
function wake(at) {
  return async (tab) => {
    await tab.clock.setSystemTime(at);
    await tab.evaluate(() => {
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      window.dispatchEvent(new Event('focus'));
    });
  };
}

async function watch({ site, browser }, page, at, kase, act) {
  let asked = 0;
  const before = async (tab) => {
    await tab.clock.install({ time: at });
    await tab.route(/\/now\/[^/]+\.json$/, async (route) => {
      asked++;
      if (kase.abort) return route.abort();
      const built = builtNow(site, new URL(route.request().url()).pathname);
      return route.fulfill({ status: kase.status ?? 200, contentType: 'application/json', body: kase.body ?? JSON.stringify(kase.file(built, at)) });
    });
  };
  return visit(browser, site, page, { clock: false, before }, async (tab, { errors }) => {
    await act?.(tab);
    await tab.waitForTimeout(250);
    const seen = await tab.evaluate(readVerdict);
    return { ...seen, asked, errors: errors.filter((e) => !/Failed to load resource/.test(e)) };
  });
}

function readVerdict() {
  const box = document.getElementById('verdict');
  return {
    answer: box.querySelector('.answer').innerText,
    text: box.innerText,
    level: box.dataset.level,
    time: box.querySelector('time')?.dateTime,
    live: [...box.querySelectorAll('[aria-live=polite]')].filter((e) => e.textContent.trim() === '').length,
    isLive: box.matches('[aria-live], [role=status], [role=alert]'),
  };
}

function builtNow(site, pathname) {
  const { file } = answer(site, pathname.slice(site.prefix.length));
  return file?.endsWith('.json') ? JSON.parse(site.text(file)) : {};
}
