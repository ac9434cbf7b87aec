import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from '../../../templates/find.js';

const entry = (slug, message) => ({ p: 0, slug, name: slug, kind: 'auth', messages: [message] });
const entries = [entry('a', 'the key ends in ]}'), entry('b', 'größer als 日本'), entry('c', 'line\nbreak, {x}')];
const written = (list) => {
  const head = { providers: [{ slug: 'acme', name: 'Acme', marks: {} }], kinds: {}, status_words: 'http', label_words: 'message', filler_words: 'the', entries: [] };
  return new TextEncoder().encode(JSON.stringify(head).slice(0, -2) + list.map((e, i) => (i ? ',' : '') + '\n' + JSON.stringify(e)).join('') + '\n]}\n');
};

// What arrives in pieces of so many bytes.
const arriving = (bytes, size) => {
  let at = 0;
  const next = async () => (at < bytes.length ? { done: false, value: bytes.subarray(at, (at += size)) } : { done: true });
  return { body: { getReader: () => ({ read: next }) } };
};

test('read opens the index however it arrives', async () => {
  for (let n = 0; n <= entries.length; n++) {
    const bytes = written(entries.slice(0, n));
    for (let size = 1; size <= bytes.length; size++) {
      const { index, find } = await read(arriving(bytes, size));
      assert.deepEqual(index.entries, entries.slice(0, n), `${n} entries in pieces of ${size}`);
      assert.equal(find('größer als 日本').length, Number(n >= 2));
    }
  }
});

test('read refuses what was cut off', async () => {
  const bytes = written(entries);
  for (let length = 0; length < bytes.length; length++) {
    await assert.rejects(read(arriving(bytes.subarray(0, length), 7)), `cut after ${length} bytes`);
  }
});
