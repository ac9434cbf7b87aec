// Which pages are looked at in the browser: one of every kind, and the longest entry.

const RESERVED = new Set(['compare', 'http', 'kind', 'errors', 'status', 'sources', 'about', 'api', 'live']);
const PREFERRED = ['/openai/', '/openai/insufficient-quota/', '/compare/openai/', '/http/429/', '/kind/billing/'];

/** The kind of a page: home, missing, a reserved first folder, entry, provider, or (another folder) its own name. */
export function kindOf(path, paths) {
  if (path === '/') return 'home';
  if (path === '/404.html') return 'missing';
  const [first, second] = path.split('/').slice(1);
  if (first === 'about' && second) return second;
  if (RESERVED.has(first)) return first;
  if (second) return 'entry';
  return paths.includes(`/compare${path}`) || paths.some((p) => p !== path && p.startsWith(path)) ? 'provider' : first;
}

/** One page of every kind (the preferred one where it exists), an Anthropic entry and the longest entry. */
export function choosePages(pages) {
  const chosen = new Map();
  for (const page of pages) {
    if (!chosen.has(page.kind) || PREFERRED.includes(page.path)) chosen.set(page.kind, page);
  }
  const entries = pages.filter((p) => p.kind === 'entry');
  const longest = entries.reduce((a, b) => (a && a.source.length >= b.source.length ? a : b), undefined);
  return [...new Set([...chosen.values(), entries.find((p) => p.path.startsWith('/anthropic/')), longest])].filter(Boolean);
}

/** Is it a page that lists many errors, or all rules? It may weigh more. */
export function isList(page) {
  return ['errors', 'kind', 'http', 'rules'].includes(page.kind);
}
