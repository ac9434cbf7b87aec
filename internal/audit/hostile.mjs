#!/usr/bin/env node
// Opens every page of a site that is made of hostile texts and holds that none
// of them does anything: no script runs, nothing is blocked by the policy,
// nothing is asked from elsewhere, nothing sticks out of a narrow window.
//
//   node hostile.mjs --site DIR
//
// Exit 0 when that holds, 1 when not.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, MODES, visit } from './browser.mjs';
import { serve } from './serve.mjs';
import { openSite } from './site.mjs';

const { values } = parseArgs({ options: { site: { type: 'string' } } });
if (!values.site) {
  console.error('usage: node hostile.mjs --site DIR');
  process.exit(2);
}
const site = openSite(resolve(values.site));
const server = await serve(site);
const browser = await launch(site, server);
const problems = [];
let next = 0;

async function look() {
  while (next < site.pages.length) {
    const page = site.pages[next++];
    await visit(browser, site, page, { viewport: MODES[2].viewport }, async (tab, { errors }) => {
      const seen = await tab.evaluate(() => ({ owned: globalThis.owned, violations: auditViolations, over: audit.overflowing() }));
      if (seen.owned !== undefined) problems.push(`${page.path}: a foreign script ran`);
      for (const violation of seen.violations) problems.push(`${page.path}: CSP violation: ${violation}`);
      for (const error of errors) problems.push(`${page.path}: ${error}`);
      if (seen.over.px > 0) problems.push(`${page.path}: sticks out by ${seen.over.px} px: ${seen.over.out.slice(0, 3).join(', ')}`);
    });
  }
}

try {
  await Promise.all([look(), look()]);
} finally {
  await browser.close();
  server.close();
}
problems.forEach((problem) => console.log(problem));
console.log(`${site.pages.length} pages of hostile texts, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
