// One Chromium (Debian's) for the whole run, and the visits every check makes.

import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { address } from './site.mjs';

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** The four ways every page is looked at. */
export const MODES = [
  { name: 'light 1280', colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  { name: 'dark 1280', colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  { name: 'light 320', colorScheme: 'light', viewport: { width: 320, height: 640 } },
  { name: 'dark 320', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
];

// The helpers every page gets: colour.mjs and inpage.mjs as one classic script.
const source = (name) => readFileSync(new URL(name, import.meta.url), 'utf8').replace(/^import .*$/gm, '');
const helpers = source('colour.mjs') + source('inpage.mjs');
const exported = [...helpers.matchAll(/^export function (\w+)/gm)].map((m) => m[1]).join(', ');
const HELPERS = `globalThis.audit = (() => { ${helpers.replace(/^export /gm, '')} return { ${exported} }; })();
globalThis.auditViolations = [];
addEventListener('securitypolicyviolation', (e) => auditViolations.push(e.violatedDirective + ' ' + e.blockedURI), true);`;

/** Starts Chromium so that the site's public name is our server and every other host is unknown. */
export function launch(site, server, extraArgs = []) {
  const { hostname, port } = new URL(site.origin);
  return chromium.launch({
    executablePath: EXECUTABLE,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      `--host-resolver-rules=MAP ${hostname}:${port || 443} 127.0.0.1:${server.port}, MAP * ~NOTFOUND`,
      `--ignore-certificate-errors-spki-list=${server.spki}`,
      ...extraArgs,
    ],
  });
}

/**
 * Opens a page of the site in a fresh context and hands it to `use`.
 * The clock stands one minute before the page's verdict ends, unless `clock` is false,
 * so that an old snapshot does not make every page an expired one.
 */
export async function visit(browser, site, page, options, use) {
  const { clock = true, before, ...contextOptions } = options;
  const context = await browser.newContext({ viewport: MODES[0].viewport, serviceWorkers: 'block', ...contextOptions });
  try {
    if (contextOptions.javaScriptEnabled !== false) await context.addInitScript(HELPERS);
    const tab = await context.newPage();
    const errors = [];
    tab.on('console', (m) => m.type() === 'error' && errors.push(m.text()));
    tab.on('pageerror', (e) => errors.push(String(e)));
    if (clock && page.until) await tab.clock.setFixedTime(new Date(Date.parse(page.until) - 60_000));
    await before?.(tab, context);
    await tab.goto(address(site, page.path), { waitUntil: 'load', timeout: 30_000 });
    // A missing page is a 404 by design; the browser calls that an error.
    if (page.path === '/404.html') errors.splice(0, errors.length, ...errors.filter((e) => !/status of 404/.test(e)));
    return await use(tab, { context, errors });
  } finally {
    await context.close();
  }
}
