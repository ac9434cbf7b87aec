// Other ways to look at a page: on paper, with the system's own colours, without motion.

import { visit } from './browser.mjs';
import { TEXT } from './contrast.mjs';

/**
 * Judges the page on paper, with forced colours, and with reduced motion. Paper is
 * light: browsers print with the light scheme whatever the screen has.
 */
export async function otherMedia({ site, browser, report }, page) {
  await visit(browser, site, page, { colorScheme: 'light', viewport: { width: 700, height: 900 } }, async (tab) => {
    const onScreen = await tab.evaluate(() => document.querySelector('main').innerText.length);
    await tab.emulateMedia({ media: 'print' });
    report.none('on paper', page.path, await tab.evaluate(printProblems, { onScreen, bar: TEXT }));
    await tab.emulateMedia({ media: 'screen', forcedColors: 'active' });
    report.none('forced colours', page.path, await tab.evaluate(forcedProblems));
    await tab.emulateMedia({ media: 'screen', forcedColors: 'none', reducedMotion: 'reduce' });
    report.none('reduced motion', page.path, await tab.evaluate(movingParts));
  });
}

function printProblems({ onScreen, bar }) {
  const main = document.querySelector('main');
  const problems = [];
  for (const e of [document.querySelector('a[href^="#"]'), ...document.querySelectorAll('nav')]) {
    if (e && audit.isShown(e) && e.getBoundingClientRect().right > 0) problems.push(`navigation is printed: ${audit.selectorOf(e)}`);
  }
  const ground = audit.textRuns(main)[0]?.ground;
  if (ground !== '#ffffff') problems.push(`printed on ${ground}, want white paper`);
  for (const run of audit.textRuns(main)) if (!run.symbol && run.ratio < bar) problems.push(`${run.ratio.toFixed(2)}:1 on paper: ${run.where}`);
  const { px, out } = audit.overflowing();
  if (px > 0) problems.push(`${px} px wider than the paper: ${out.slice(0, 3).join(', ')}`);
  for (const pre of main.querySelectorAll('pre')) {
    if (pre.scrollWidth > pre.clientWidth + 1) problems.push(`code is cut off: ${audit.selectorOf(pre)}`);
  }
  const outside = [...main.querySelectorAll('a[href^="http"]')].filter((a) => a.origin !== location.origin && audit.isShown(a));
  for (const a of outside) {
    const after = getComputedStyle(a, '::after').content;
    if (!/attr\(|https?:/.test(after) && !a.textContent.includes(a.hostname)) problems.push(`no address after ${audit.selectorOf(a)}`);
  }
  if (main.innerText.length < 0.9 * onScreen) problems.push(`only ${main.innerText.length} of ${onScreen} characters are printed`);
  return problems;
}

function forcedProblems() {
  const problems = [];
  const box = document.getElementById('verdict');
  if (box) {
    const style = getComputedStyle(box);
    if (style.borderTopStyle === 'none' || Number.parseFloat(style.borderTopWidth) < 1) problems.push('the verdict has no border');
    if (!audit.isShown(box.querySelector('.answer') ?? box)) problems.push('the answer is not shown');
  }
  audit.rememberRest();
  const first = [...document.querySelectorAll('main a[href], main textarea')].find(audit.isShown);
  first?.focus({ focusVisible: true });
  if (first && getComputedStyle(first).outlineStyle === 'none') problems.push('no focus ring');
  const hidden = [...document.querySelectorAll('*')].filter((e) => e.textContent.trim() && getComputedStyle(e).forcedColorAdjust === 'none');
  return problems.concat(hidden.map((e) => `keeps its own colours: ${audit.selectorOf(e)}`));
}

function movingParts() {
  const running = document.getAnimations().map((a) => `moves: ${audit.selectorOf(a.effect.target)}`);
  const slow = [...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).transitionDuration.split(',').some((d) => Number.parseFloat(d) > 0.01));
  return running.concat(slow.map((e) => `has a transition: ${audit.selectorOf(e)}`));
}
