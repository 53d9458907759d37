import { describe, expect, test } from 'vitest';
import { classes, differenceClass, needClass, outreachClass, walkClass, type AreaFacts } from './classes';

const area = (facts: Partial<AreaFacts>): AreaFacts => ({
  uncovered: false,
  primary_category: null,
  need_decile: null,
  walk_min: null,
  ...facts,
});
const named = (theme: keyof typeof classes, index: number): string => classes[theme][index]?.name ?? 'none at all';

test.each([
  [{}, 'inside'],
  [{ uncovered: true }, 'none'],
  [{ uncovered: true, primary_category: 'rural' }, 'rural'],
  [{ uncovered: false, primary_category: 'detached_youth' }, 'detached_youth'], // an area result, inside or not
  [{ uncovered: true, primary_category: 'unheard of' }, 'none'],
])('%o is %s', (facts, want) => expect(named('outreach', outreachClass(area(facts)))).toBe(want));

test.each([
  [1, 'most'],
  [2, 'most'],
  [3, 'more'],
  [10, 'least'],
  [null, 'none at all'],
])('decile %s is %s', (need_decile, want) => expect(named('need', needClass(area({ need_decile })))).toBe(want));

test.each([
  [0, 'to10'],
  [10, 'to10'], // a limit belongs to the class it ends
  [10.1, 'to15'],
  [20, 'to20'],
  [20.1, 'to30'],
  [30.1, 'over'],
  [null, 'beyond'],
])('%s minutes is %s', (walk_min, want) => expect(named('walk', walkClass(area({ walk_min })))).toBe(want));

test('what changes', () => {
  const [inside, outside] = [area({}), area({ uncovered: true })];
  expect(named('difference', differenceClass(inside, outside))).toBe('lost');
  expect(named('difference', differenceClass(inside, inside))).toBe('kept');
  expect(named('difference', differenceClass(outside, inside))).toBe('gained');
  expect(named('difference', differenceClass(outside, outside))).toBe('neither');
});

/** Relative luminance (WCAG 2.2) of a colour written #rrggbb. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each(['light', 'dark'] as const)('%s', (dress) => {
  test.each(['need', 'walk'] as const)('steps of %s go one way in lightness', (theme) => {
    const steps = classes[theme].slice(0, theme === 'walk' ? 3 : 5).map((c) => luminance(c[dress]));
    const ups = steps.slice(1).map((l, i) => Math.sign(l - (steps[i] ?? 0)));
    expect(new Set(ups).size).toBe(1);
  });

  test.each(['outreach', 'difference'] as const)('no two classes of %s differ by colour alone', (theme) => {
    const hatches = classes[theme].map((c) => c.hatch?.path ?? 'plain');
    expect(new Set(hatches).size).toBe(hatches.length);
  });
});
