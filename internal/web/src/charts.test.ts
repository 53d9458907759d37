import { expect, test } from 'vitest';
import { beating, frontier, priced, tenths, told, undeciled, widest, type Priced, type Tenth } from './charts';
import type { Area, Option } from './types';

const option = (option_id: string, annual_cost_gbp: number | null, covered_in_need: number | null): Option =>
  ({ option_id, name: `The ${option_id}`, annual_cost_gbp, covered_in_need }) as Option;

test('options are points, cheapest first; what is not known is named, not drawn at nought', () => {
  const options = [option('B', 300, 20), option('A', 100, 9), option('C', null, 5), option('D', 50, null)];
  expect(priced(options, 'B')).toEqual({
    points: [
      { id: 'A', name: 'The A', cost: 100, inNeed: 9, shown: false },
      { id: 'B', name: 'The B', cost: 300, inNeed: 20, shown: true },
    ],
    without: ['C', 'D'],
  });
});

test('an option that costs nothing is drawn', () => expect(priced([option('A', 0, 0)], '').points).toHaveLength(1));

const point = (id: string, cost: number, inNeed: number): Priced => ({ id, name: id, cost, inNeed, shown: false });

// Cost against people: C costs more than B and reaches fewer, D reaches as many as B for more.
const points = [point('A', 1, 10), point('B', 3, 30), point('C', 4, 20), point('D', 5, 30), point('E', 6, 31)];

test.each([
  ['what another beats is not on it', points, ['A', 'B', 'E']],
  ['of the same money the greater reach', [point('A', 1, 10), point('B', 1, 20)], ['B']],
  ['of the same money, whichever comes first', [point('A', 1, 20), point('B', 1, 10)], ['A']],
  ['of two that are alike the first', [point('A', 1, 10), point('B', 1, 10)], ['A']],
  [
    'a better one for the same money does not free what is worse',
    [point('A', 0, 5), point('B', 1, 6), point('C', 1, 7)],
    ['A', 'C'],
  ],
  ['one alone', [point('A', 1, 10)], ['A']],
  ['none', [], []],
])('the most for the money: %s', (_, of, want) => expect(frontier(of).map((p) => p.id)).toEqual(want));

test.each([
  ['nothing costs less', 'A', []],
  ['fewer people for less money is no better', 'B', []],
  ['more people for less money', 'C', ['B']],
  ['as many people for less money', 'D', ['B']],
])('what beats an option: %s', (_, id, want) => {
  const one = points.find((p) => p.id === id) as Priced;
  expect(beating(points, one).map((p) => p.id)).toEqual(want);
});

test('the best of those that beat an option comes first; one that is alike does not beat it', () => {
  const one = point('X', 9, 10);
  expect(beating([point('A', 9, 11), point('B', 8, 12), point('C', 9, 10), one], one).map((p) => p.id)).toEqual([
    'B',
    'A',
  ]);
});

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

const tenth = (decile: number, left: number | null, right: number | null): Tenth => ({
  decile,
  people: 1,
  left,
  right,
});

// Apart by 0.25 in 1 and in 3, 0.125 in 2; of 4 one share is not known. Eighths, so that they are exact.
const rows = [tenth(1, 0.5, 0.25), tenth(2, 0.5, 0.625), tenth(3, 0, 0.25), tenth(4, null, 1)];

test.each([
  ['of equals the most deprived', rows, 1],
  ['whichever is greater', rows.slice(1), 3],
  ['none is known of both', rows.slice(3), undefined],
  ['none at all', [], undefined],
])('the decile furthest apart: %s', (_, of, want) => expect(widest(of)?.decile).toBe(want));

test('what is told has both shares', () => expect(told(rows).map((r) => r.decile)).toEqual([1, 2, 3]));
