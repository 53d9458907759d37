import { expect, test } from 'vitest';
import { difference, index, minutes, people, percent, points, pounds, unknown } from './number';

test.each([
  [people(1234.5), '1,235'],
  [people(null), unknown],
  [people(0), '0'],
  [points(0.0042), '0.4 points'],
  [points(null), unknown],
  [difference(-0.0042, points), '−0.4 points'],
  [difference(0.0004, points), 'no change'],
  [percent(0), '0%'],
  [percent(0.0049), 'under 1%'],
  [percent(0.005), '1%'],
  [percent(0.9949), '99%'],
  [percent(0.995), 'over 99%'],
  [percent(1), '100%'],
  [percent(undefined), unknown],
  [minutes(20), '20.0'],
  [pounds(null), 'not costed'],
  [pounds(9_269_000), '£9.27m'],
  [pounds(-152_000), '−£152k'],
  [pounds(999), '£999'],
  [index(0.5), '0.500'],
  [difference(12, people), '+12'],
  [difference(-12, people), '−12'],
  [difference(0.4, people), 'no change'],
  [difference(null, people), unknown],
])('%s', (got, want) => expect(got).toBe(want));
