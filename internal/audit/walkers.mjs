#!/usr/bin/env node
// Holds the browser's walker to the program's: for every text the same entries,
// in the same order, with the same reasons; the same pages for the same words;
// the same mask.
//
//   FAULTBOOK_RANKINGS=rankings.jsonl go test -run TestRankings ./internal/match
//   node walkers.mjs --script ../../public/find.js --rankings rankings.jsonl

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const text = { type: 'string' };
const { values } = parseArgs({ options: { script: { ...text, default: '../../public/find.js' }, rankings: text } });
if (!values.rankings) {
  console.error('walkers.mjs wants --rankings FILE');
  process.exit(2);
}
const source = (await import('node:fs')).readFileSync(resolve(values.script), 'utf8');
const { open, masker } = await import('data:text/javascript,' + encodeURIComponent(source));

let matcher, mask, texts = 0, differ = 0;
for await (const line of createInterface({ input: createReadStream(values.rankings) })) {
  if (!matcher) {
    matcher = open(JSON.parse(line));
    mask = masker(matcher.index.secret_prefixes);
    continue;
  }
  texts++;
  const want = JSON.parse(line);
  const found = matcher.find(want.text).map(({ entry, confidence, line, instead, reasons }) => ({ entry, confidence, line, instead, reasons }));
  const words = matcher.search(want.text);
  const got = { text: want.text, found, words, masked: mask(want.text) };
  if (JSON.stringify(got) === JSON.stringify(want)) continue;
  if (differ++ < 3) console.log(`${JSON.stringify(want.text)}\n  the program: ${JSON.stringify(want)}\n  the browser: ${JSON.stringify(got)}`);
}
console.log(`${texts} texts, ${differ} of them found differently`);
process.exit(differ > 0 || texts === 0 ? 1 : 0);
