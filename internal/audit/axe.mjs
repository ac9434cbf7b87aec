// axe-core: WCAG 2.0 to 2.2 at A and AA, and its best practices.

import { AxeBuilder } from '@axe-core/playwright';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Runs axe on the open page; no node may fail. Legacy mode needs no blank page and works under a strict CSP. */
export async function runAxe({ report }, page, mode, tab) {
  const { violations } = await new AxeBuilder({ page: tab }).setLegacyMode(true).withTags(TAGS).analyze();
  report.none('axe nodes', `${page.path} ${mode.name}`, violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')}: ${v.help}`)));
}
