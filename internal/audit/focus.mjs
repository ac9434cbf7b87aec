// The Tab key through the whole page, and the size of what a finger must hit.

import { TEXT } from './contrast.mjs';

/** Every stop must show its focus, lie in the window, and be covered by nothing; no stop may be lost. */
export async function focus({ report }, page, mode, tab) {
  const where = `${page.path} ${mode.name}`;
  const expected = await tab.evaluate(() => audit.rememberRest());
  const problems = [];
  let stops = 0;
  for (; stops <= expected; stops++) {
    await tab.keyboard.press('Tab');
    const stop = await tab.evaluate((bar) => audit.tabStop(bar), TEXT);
    if (!stop || stop.again) break;
    problems.push(...stop.problems.map((p) => `${p}: ${stop.where}`));
  }
  if (stops !== expected) problems.push(`the Tab key reached ${stops} of ${expected} stops`);
  report.none('focus stops', where, problems);
}

/** WCAG 2.5.8: at least 24 px, or room around, or in a sentence. */
export async function targets({ report }, page, mode, tab) {
  report.none('target size', `${page.path} ${mode.name}`, await tab.evaluate(() => audit.crowdedTargets()));
}
