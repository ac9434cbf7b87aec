// The contrast of every run of text, as painted: translucent grounds and opacity
// counted, generated content and list markers too. Stricter than axe (AA): 7:1.

/** The bar for text (WCAG AAA). */
export const TEXT = 7;
const SYMBOL = 3; // a bullet or a separator carries no words

/** Judges every run of text on the open page. */
export async function contrast({ report }, page, mode, tab) {
  const where = `${page.path} ${mode.name}`;
  const runs = await tab.evaluate(() => audit.textRuns());
  const weak = runs.filter((r) => r.ratio < (r.symbol ? SYMBOL : TEXT));
  const words = runs.filter((r) => !r.symbol);
  report.atLeast('contrast of text', where, Math.min(21, ...words.map((r) => r.ratio)), TEXT, weak.filter((r) => !r.symbol).map(tell));
  report.none('contrast of symbols', where, weak.filter((r) => r.symbol).map(tell));
  report.none('text over a picture', where, runs.filter((r) => r.image).map(tell));
}

function tell(run) {
  return `${run.ratio.toFixed(2)}:1 ${run.ink} on ${run.ground}: ${run.where}`;
}
