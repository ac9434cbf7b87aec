import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compose, over, parseRGB, ratio } from '../colour.mjs';

const WHITE = [255, 255, 255, 1];
const BLACK = [0, 0, 0, 1];

test('parseRGB reads what browsers print', () => {
  const cases = [
    ['rgb(20, 24, 29)', [20, 24, 29, 1]],
    ['rgba(0, 0, 0, 0)', [0, 0, 0, 0]],
    ['rgb(1 2 3 / 50%)', [1, 2, 3, 0.5]],
    ['oklch(0.5 0.1 20)', undefined],
  ];
  for (const [css, want] of cases) assert.deepEqual(parseRGB(css), want, css);
});

test('ratio agrees with published pairs', () => {
  const cases = [
    [WHITE, BLACK, 21],
    [[118, 118, 118, 1], WHITE, 4.54],
    [[69, 77, 87, 1], WHITE, 8.57],
    [WHITE, WHITE, 1],
  ];
  for (const [a, b, want] of cases) assert.ok(Math.abs(ratio(a, b) - want) < 0.05, `${a} on ${b}: ${ratio(a, b)}, want ${want}`);
});

test('over lays a translucent colour on a ground', () => {
  assert.deepEqual(over([0, 0, 0, 0.5], WHITE), [127.5, 127.5, 127.5, 1]);
});

test('compose: opacity fades the text and its ground together', () => {
  const layers = [{ background: [0, 0, 0, 0], opacity: 1 }, { background: BLACK, opacity: 0.5 }];
  const { ink, ground } = compose(WHITE, layers, WHITE);
  assert.deepEqual(ground, [127.5, 127.5, 127.5, 1]); // half of black over white
  assert.deepEqual(ink, [255, 255, 255, 1]);
});
