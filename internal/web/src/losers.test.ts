import { expect, test } from 'vitest';
import { balance } from './losers';
import { unknown } from './number';
import type { Loser } from './types';

const county = (before: number | null, lost: number | null, gained: number | null, hidden: string[] = []): Loser =>
  ({ dimension: 'county', covered_before: before, lost, gained, hidden }) as Loser;
const district = { ...county(9, 9, 9), dimension: 'district' };

test.each([
  ['the county, not a district', [district, county(1000, 30, 5)], { gained: '5', kept: '970', lost: '30' }],
  ['nobody', [county(1000, 0, 0)], { gained: '0', kept: '1,000', lost: '0' }],
  // Kept would tell a hidden number of losers by subtraction, so it is hidden as well.
  ['few lose', [county(1000, null, 5, ['lost'])], { gained: '5', kept: 'hidden', lost: 'hidden' }],
  ['few gain', [county(1000, 30, null, ['gained'])], { gained: 'hidden', kept: '970', lost: '30' }],
  ['not known is not hidden', [county(null, null, null)], { gained: unknown, kept: unknown, lost: unknown }],
  ['no county', [district], { gained: unknown, kept: unknown, lost: unknown }],
])('%s', (_, losers, want) => expect(balance(losers)).toEqual(want));
