// Files that programs read: JSON must parse, XML (feeds, sitemap, icons) must be
// well-formed as a browser judges it.

import { visit } from './browser.mjs';

/** Parses every JSON, manifest, XML and SVG file of the site. */
export async function checkFiles({ site, browser, report }) {
  const named = (pattern) => [...site.files.keys()].filter((f) => pattern.test(f));
  report.none('JSON files parse', 'site', named(/\.(json|webmanifest)$/).flatMap((f) => jsonProblems(f, site.text(f))));
  const xml = named(/\.(xml|svg)$/).map((file) => ({ file, text: site.text(file) }));
  const home = site.byPath.get('/');
  report.none('XML files are well-formed', 'site', await visit(browser, site, home, {}, (tab) => tab.evaluate(xmlProblems, xml)));
}

function jsonProblems(file, text) {
  try {
    JSON.parse(text);
    return [];
  } catch (err) {
    return [`${file}: ${err.message}`];
  }
}

function xmlProblems(files) {
  return files.flatMap(({ file, text }) => {
    const wrong = new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror');
    return wrong ? [`${file}: ${wrong.textContent.slice(0, 200)}`] : [];
  });
}
