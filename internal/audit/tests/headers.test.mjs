import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, hashProblems, parsePolicy, score } from '../headers.mjs';
import { parsePage } from '../html.mjs';

const STRICT = {
  'content-security-policy': "default-src 'none'; style-src 'sha256-x'; script-src 'self' 'sha256-y'; img-src 'self'; frame-ancestors 'none'",
  'strict-transport-security': 'max-age=63072000',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

test('score by the Observatory', () => {
  const cases = [
    ['the strict block', {}, 140],
    ['no headers at all', Object.fromEntries(Object.keys(STRICT).map((k) => [k, ''])), 30],
    ['unsafe inline script loses the bonuses', { 'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; frame-ancestors 'none'" }, 80],
    ['unsafe inline style only', { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'" }, 130],
    ['framing allowed', { 'content-security-policy': "default-src 'none'" }, 80],
    ['no HSTS', { 'strict-transport-security': '' }, 80],
    ['no nosniff', { 'x-content-type-options': '' }, 135],
  ];
  for (const [name, change, want] of cases) {
    assert.equal(score(new Map(Object.entries({ ...STRICT, ...change }))).total, want, name);
  }
});

test('hashOf is the CSP source of the exact text', () => {
  assert.equal(hashOf("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
});

test('hashProblems finds blocked code and stale hashes, and lets data blocks be', () => {
  const html = '<style>a{}</style><script type="application/ld+json">{}</script><script>run()</script>';
  const pages = [{ path: '/', document: parsePage(html) }];
  const policy = (style) => parsePolicy(`style-src ${style}; script-src ${hashOf('run()')}`);
  assert.deepEqual(hashProblems(policy(hashOf('a{}')), pages), []);
  assert.equal(hashProblems(policy(hashOf('a{} ')), pages).length, 2);
});
