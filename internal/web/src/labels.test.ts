import { expect, test } from 'vitest';
import { labelled, type Spot } from './labels';

const frame = { left: 0, right: 200, top: 0, bottom: 100 };
const ways = (spots: Spot[]): string[] =>
  labelled(spots, frame).map(({ dx, dy }) => (dy < 0 ? 'above' : dy > 0 ? 'below' : dx > 0 ? 'right' : 'left'));

// A label of two characters is 16 pixels wide and 16 high; a point takes 24 by 24.
test.each([
  ['a point alone', [{ x: 100, y: 50, length: 2 }], ['above']],
  ['no room above', [{ x: 100, y: 20, length: 2 }], ['below']],
  [
    'another point above',
    [
      { x: 100, y: 50, length: 2 },
      { x: 105, y: 30, length: 2 },
    ],
    ['below', 'above'],
  ],
  ['a long label at the left edge', [{ x: 10, y: 50, length: 6 }], ['right']],
  ['a long label at the right edge', [{ x: 190, y: 50, length: 6 }], ['left']],
  ['no room at all', [{ x: 100, y: 50, length: 99 }], ['above']],
])('%s', (_, spots, want) => expect(ways(spots)).toEqual(want));
