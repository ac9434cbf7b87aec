import assert from 'node:assert/strict';
import { test } from 'node:test';
import { headerPattern, headersFor, parseHeaders, parseRedirects, redirectFor } from '../hostfiles.mjs';

test('headerPattern matches as the host does', () => {
  const cases = [
    ['/*', '/', true],
    ['/*', '/openai/x/', true],
    ['/openai/*', '/openai', true],
    ['/*.md', '/openai/index.md', true],
    ['/*/index.md', '/openai/index.md', true],
    ['/About', '/about/', true],
    ['/:slug', '/openai/', true],
    ['/:slug', '/openai/x', false],
    ['/llms.txt', '/llmsxtxt', false],
  ];
  for (const [rule, path, want] of cases) assert.equal(headerPattern(rule).test(path), want, `${rule} ${path}`);
});

test('headersFor joins every matching rule', () => {
  const rules = parseHeaders('# all\n/*\n  X-A: one\n/b\n  X-A: two,three\n  no colon\n');
  assert.equal(headersFor(rules, '/b').get('x-a'), 'one, two, three');
  assert.equal(headersFor(rules, '/c').get('x-a'), 'one');
});

test('redirectFor: the first match wins and fills the target in', () => {
  const rules = parseRedirects('/a /b 302 # moved\n/a /c\n/old/* /new/:splat\n/:x/y /z/:x 301!\n/de /en 301 Language=en\nbroken\n');
  const cases = [
    ['/a/', '/b', 302],
    ['/old/p/q', '/new/p/q', 301],
    ['/old', '/new/', 301],
    ['/k/y', '/z/k', 301],
  ];
  for (const [path, to, status] of cases) {
    const found = redirectFor(rules, path);
    assert.deepEqual([found?.to, found?.status], [to, status], path);
  }
  assert.equal(redirectFor(rules, '/de'), undefined);
});
