// The Nu HTML checker over every HTML file, in one call of Java.
//
// Errors and warnings fail. Plain "info" messages (such as a slash at the end of
// a void element) are advice about style; they are counted and shown, not gated.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const JAR = fileURLToPath(new URL('node_modules/vnu-jar/build/dist/vnu.jar', import.meta.url));

/** Checks all pages (and the CSS inside them). */
export async function runNu({ site, report }) {
  const flags = ['-Xss4m', '-jar', JAR, '--format', 'json', '--exit-zero-always', '--skip-non-html', site.root];
  const { stderr } = await promisify(execFile)('java', flags, { maxBuffer: 1 << 28 });
  const { errors, warnings, infos } = sortMessages(JSON.parse(stderr).messages, site.root);
  report.none('Nu checker: errors', `${site.pages.length} pages`, errors);
  report.none('Nu checker: warnings', `${site.pages.length} pages`, warnings);
  report.add({ check: 'Nu checker: infos', where: 'site', value: infos.length, bar: 'shown only', ok: true, details: infos });
}

/** Splits the checker's messages by gravity, as lines for people. */
export function sortMessages(messages, root) {
  const tell = (m) => `${(m.url ?? '').replace(/^file:/, '').replace(root, '')}:${m.lastLine ?? 0}:${m.firstColumn ?? 0}: ${m.message}`;
  const grave = (m) => m.type === 'error' || m.type === 'non-document-error';
  const warns = (m) => m.type === 'info' && m.subType === 'warning' && !dataBlock(m);
  return {
    errors: messages.filter(grave).map(tell),
    warnings: messages.filter(warns).map(tell),
    infos: messages.filter((m) => !grave(m) && !warns(m)).map(tell),
  };
}

// The checker holds JSON against the policy of a page. No browser does: a data
// block is never run, so no script-src is asked (HTML, "prepare the script element").
function dataBlock({ message, extract = '', hiliteStart, hiliteLength }) {
  const marked = extract.slice(hiliteStart, hiliteStart + hiliteLength);
  return message.startsWith('Inline script violates Content Security Policy') && /^<script type="application\/(ld\+)?json">$/.test(marked);
}
