import { expect, test } from 'vitest';
import { priced, tenths, undeciled } from './charts';
import type { Area, Option } from './types';

const option = (option_id: string, annual_cost_gbp: number | null, covered_in_need: number | null): Option =>
  ({ option_id, annual_cost_gbp, covered_in_need }) as Option;

test('options are points, cheapest first; what is not known is named, not drawn at nought', () => {
  const options = [option('B', 300, 20), option('A', 100, 9), option('C', null, 5), option('D', 50, null)];
  expect(priced(options, 'B')).toEqual({
    points: [
      { id: 'A', cost: 100, inNeed: 9, shown: false },
      { id: 'B', cost: 300, inNeed: 20, shown: true },
    ],
    without: ['C', 'D'],
  });
});

test('an option that costs nothing is drawn', () => expect(priced([option('A', 0, 0)], '').points).toHaveLength(1));

const area = (deprivation_decile: number | null, population_0_19: number, covered_0_19: number | null): Area =>
  ({ deprivation_decile, population_0_19, covered_0_19 }) as Area;

// Decile 1 has 100 + 300 people: 50 + 250 of them covered are three quarters, 0 + 100 a quarter.
const left = [
  area(1, 100, 50),
  area(1, 300, 250),
  area(10, 80, 80),
  area(null, 40, 40),
  area(4, 0, 0),
  area(5, 9, null),
];
const right = [area(1, 100, 0), area(1, 300, 100), area(10, 80, 0), area(null, 40, 0), area(4, 0, 0), area(5, 9, 9)];

test.each([
  ['areas of a decile count by their people', { decile: 1, people: 400, left: 0.75, right: 0.25 }],
  ['a decile without areas has no share', { decile: 2, people: 0, left: null, right: null }],
  ['nor has one without people', { decile: 4, people: 0, left: null, right: null }],
  ['what is not known is not counted as nobody', { decile: 5, people: 9, left: null, right: 1 }],
  ['the last decile is one of ten', { decile: 10, people: 80, left: 1, right: 0 }],
])('%s', (_, want) => expect(tenths(left, right)[want.decile - 1]).toEqual(want));

test('there are ten deciles, and areas without one are counted apart', () => {
  expect(tenths(left, right).map((d) => d.decile)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(undeciled(left)).toBe(1);
});
