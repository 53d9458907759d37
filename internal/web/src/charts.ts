// The numbers behind the charts, and their sizes.
import type { Area, Option } from './types';

/** The height of each chart in pixels; the width is that of the page. */
export const heights = { money: 320, deciles: 370 };

/** An option as a point: what it costs a year, in pounds, and whom it reaches. */
export type Priced = { id: string; name: string; cost: number; inNeed: number; shown: boolean };

/**
 * The options that can be drawn, cheapest first, and the ids of those that
 * cannot because their cost or their reach is not known.
 */
export function priced(options: readonly Option[], shown: string): { points: Priced[]; without: string[] } {
  const points: Priced[] = [];
  const without: string[] = [];
  for (const o of options) {
    if (o.annual_cost_gbp === null || o.covered_in_need === null) without.push(o.option_id);
    else {
      const { option_id: id, name, annual_cost_gbp: cost, covered_in_need: inNeed } = o;
      points.push({ id, name, cost, inNeed, shown: id === shown });
    }
  }
  return { points: points.sort((a, b) => a.cost - b.cost), without };
}

/**
 * Of some points, cheapest first, those that no other beats: none that costs no
 * more reaches as many or more. Of two that are alike the first is kept.
 */
export function frontier(points: readonly Priced[]): Priced[] {
  const kept: Priced[] = [];
  for (const p of points) {
    const before = kept.at(-1);
    if (before && before.inNeed >= p.inNeed) continue;
    if (before?.cost === p.cost) kept.pop(); // the same money, and more for it
    kept.push(p);
  }
  return kept;
}

/** The points that reach as many as one of them or more for no more money, the best of them first; none: it is not beaten. */
export function beating(points: readonly Priced[], one: Priced): Priced[] {
  const better = (p: Priced): boolean =>
    p.cost <= one.cost && p.inNeed >= one.inNeed && (p.cost < one.cost || p.inNeed > one.inNeed);
  return points.filter(better).sort((a, b) => b.inNeed - a.inNeed || a.cost - b.cost);
}

/** A tenth of England's areas, by deprivation: the county's people aged 0-19 there, and the share of them covered. */
export type Tenth = { decile: number; people: number; left: number | null; right: number | null };

/**
 * The ten deciles of deprivation, 1 to 10, under two options, from the rows of
 * areas. The decile is the published one, as in covered_share_0_19_decile_1. A
 * share is null where the county has nobody in that decile, or where the reach of
 * one of its areas is not known. Areas without a decile are in none.
 */
export function tenths(left: readonly Area[], right: readonly Area[]): Tenth[] {
  return Array.from({ length: 10 }, (_, i) => {
    const decile = i + 1;
    return {
      decile,
      people: sum(within(decile, right), (a) => a.population_0_19),
      left: covered(within(decile, left)),
      right: covered(within(decile, right)),
    };
  });
}

/** A decile in which both shares are known. */
export type Told = Tenth & { left: number; right: number };

/** The deciles in which both shares are known. */
export function told(rows: readonly Tenth[]): Told[] {
  return rows.filter((r): r is Told => r.left !== null && r.right !== null);
}

/** The decile in which two options are furthest apart, the most deprived of equals; null where none is known of both. */
export function widest(rows: readonly Tenth[]): Told | null {
  const apart = (r: Told): number => Math.abs(r.right - r.left);
  return told(rows).reduce<Told | null>((most, r) => (most && apart(most) >= apart(r) ? most : r), null);
}

/** How many areas have no published decile. */
export function undeciled(areas: readonly Area[]): number {
  return areas.filter((a) => a.deprivation_decile === null).length;
}

function within(decile: number, areas: readonly Area[]): Area[] {
  return areas.filter((a) => a.deprivation_decile === decile);
}

function covered(areas: readonly Area[]): number | null {
  const people = sum(areas, (a) => a.population_0_19);
  if (people === 0 || areas.some((a) => a.covered_0_19 === null)) return null;
  return sum(areas, (a) => a.covered_0_19) / people;
}

function sum(areas: readonly Area[], of: (a: Area) => number | null): number {
  return areas.reduce((total, a) => total + (of(a) ?? 0), 0);
}
