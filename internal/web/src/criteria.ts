// The figures of an option that are set side by side, each with its way up.
import { index, minutes, people, percent, points, pounds } from './number';
import type { Option } from './types';

type Known = number | null | undefined;

/**
 * One figure: its key among the strings, its value, how it and a difference are
 * shown, and whether more is better.
 */
export type Criterion = {
  key: 'covered' | 'share' | 'inNeed' | 'worst' | 'open' | 'walk' | 'cost' | 'equity' | 'score';
  of: (o: Option) => Known;
  show: (n: Known) => string;
  apart: (n: Known) => string;
  up: boolean | null;
};

/** The figures, in the order of the tables. */
export const criteria: Criterion[] = [
  { key: 'score', of: (o) => o.score, show: index, apart: index, up: true },
  { key: 'covered', of: (o) => o.covered_0_19, show: people, apart: people, up: true },
  { key: 'share', of: (o) => o.covered_share_0_19, show: percent, apart: points, up: true },
  { key: 'inNeed', of: (o) => o.covered_in_need, show: people, apart: people, up: true },
  { key: 'worst', of: (o) => o.covered_share_0_19_decile_1, show: percent, apart: points, up: true },
  { key: 'equity', of: (o) => o.equity_index, show: index, apart: index, up: true },
  { key: 'walk', of: (o) => o.mean_walk_min, show: minutes, apart: minutes, up: false },
  { key: 'open', of: (o) => o.open_sites, show: people, apart: people, up: null },
  { key: 'cost', of: (o) => o.annual_cost_gbp, show: pounds, apart: pounds, up: false },
];

/** The difference of a figure; null where either is not known. */
export function gap(c: Criterion, from: Option, to: Option): number | null {
  const a = c.of(from);
  const b = c.of(to);
  return a == null || b == null ? null : b - a;
}

/** Whether a difference is for the better; null where it is neither. */
export function better(c: Criterion, by: number | null): boolean | null {
  return by === null || c.up === null || c.apart(Math.abs(by)) === c.apart(0) ? null : by > 0 === c.up;
}
