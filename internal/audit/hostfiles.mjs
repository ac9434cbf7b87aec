// The two host files, _headers and _redirects, read and matched as Netlify does.
//
// Only what an address is answered with; what is *wrong* in the files is said by
// the Go readers beside this file (ReadHeaders, ReadRedirects), which mirror the
// host's parsers line by line.

/** Reads _headers: [{path, fields: [[name, value], …]}], in file order. */
export function parseHeaders(text) {
  const rules = [];
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('/')) {
      rules.push({ path: line, fields: [] });
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 1 || rules.length === 0) continue; // the host drops such a line
    const name = line.slice(0, colon).trim();
    const value = line.slice(colon + 1).trim().split(/\s*,\s*/).join(', ');
    if (value !== '') rules.at(-1).fields.push([name, value]);
  }
  return rules;
}

/** The pattern of one _headers path; case does not count, a last slash is optional. */
export function headerPattern(path) {
  const parts = path.split('/').map((p) => p.trimEnd()).filter(Boolean).map((part) => {
    if (part.startsWith(':')) return '([^/]+)';
    if (part === '*') return '?(.*)';
    if (part.includes('*')) return part.replaceAll('*', '(.*)');
    return escapeRegExp(part);
  });
  return new RegExp(`^/${parts.join('/')}/?$`, 'iu');
}

/** Every header for a path: all matching rules apply, repeats are joined with a comma. */
export function headersFor(rules, path) {
  const found = new Map();
  for (const rule of rules) {
    if (!headerPattern(rule.path).test(path)) continue;
    for (const [name, value] of rule.fields) {
      const key = name.toLowerCase();
      found.set(key, found.has(key) ? `${found.get(key)}, ${value}` : value);
    }
  }
  return found;
}

/** Reads _redirects: [{from, to, status, force}]; rules bound to a query, language or country are left out. */
export function parseRedirects(text) {
  const rules = [];
  for (const line of text.split('\n').map((l) => l.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    let tokens = line.split(/\s+/);
    const comment = tokens.findIndex((t) => t.startsWith('#'));
    if (comment >= 0) tokens = tokens.slice(0, comment);
    const [from, to, status = '301', ...conditions] = tokens;
    if (to === undefined || !/^(\/|https?:)/.test(to) || conditions.length > 0) continue;
    if (Number.isNaN(Number.parseInt(status, 10))) continue;
    rules.push({ from, to, status: Number.parseInt(status, 10), force: status.endsWith('!') });
  }
  return rules;
}

/** The first rule that matches a path, with its target filled in; else undefined. */
export function redirectFor(rules, path) {
  for (const rule of rules) {
    const names = [];
    const pattern = rule.from.replace(/\/$/, '').split('/').map((part) => {
      if (part === '*') {
        names.push('splat');
        return '(.*)';
      }
      if (part.startsWith(':')) {
        names.push(part.slice(1));
        return '([^/]+)';
      }
      return escapeRegExp(part);
    }).join('/');
    // Slashes at the end are normalised before rules are tried; "/x/*" also matches "/x".
    const match = new RegExp(`^${pattern.replace(/\/\(\.\*\)$/, '(?:/(.*))?')}/?$`, 'u').exec(path);
    if (!match) continue;
    let to = rule.to;
    names.forEach((name, i) => { to = to.replace(`:${name}`, match[i + 1] ?? ''); });
    return { ...rule, to };
  }
  return undefined;
}

function escapeRegExp(s) {
  return s.replace(/[|\\{}()[\]^$+*?.]/g, '\\$&').replace(/-/g, '\\x2d');
}
