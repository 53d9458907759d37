// How numbers look on a page. What is not known is said so, never zero.

const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** What stands for a number that nobody knows. */
export const unknown = 'not known';

type Known = number | null | undefined;

/** People, rounded to whole people. */
export function people(n: Known): string {
  return n == null ? unknown : grouped.format(Math.round(n));
}

/** A ratio as whole percent; small parts are not rounded away. */
export function percent(ratio: Known): string {
  if (ratio == null) return unknown;
  if (ratio > 0 && ratio < 0.005) return 'under 1%';
  if (ratio < 1 && ratio >= 0.995) return 'over 99%';
  return `${Math.round(ratio * 100)}%`;
}

/** A difference of two ratios in percentage points, to one decimal. */
export function points(ratio: Known): string {
  return ratio == null ? unknown : `${(100 * ratio).toFixed(1)} points`;
}

/** Minutes to one decimal. */
export function minutes(n: Known): string {
  return n == null ? unknown : n.toFixed(1);
}

/** Pounds, in thousands or millions where that is how one would say it. */
export function pounds(n: Known): string {
  if (n == null) return 'not costed';
  const size = Math.abs(n);
  const sign = n < 0 ? '−' : '';
  if (size >= 1e6) return `${sign}£${(size / 1e6).toFixed(2)}m`;
  if (size >= 1e3) return `${sign}£${Math.round(size / 1e3)}k`;
  return `${sign}£${Math.round(size)}`;
}

/** Pounds as on a scale, without noughts that say nothing: £2m, £2.5m. */
export function poundsShort(n: number): string {
  return pounds(n).replace(/\.?0+m$/, 'm');
}

/** An index or a score to three decimals. */
export function index(n: Known): string {
  return n == null ? unknown : n.toFixed(3);
}

/** A difference with its sign; "no change" where it would print as zero. */
export function difference(n: Known, show: (n: Known) => string): string {
  if (n == null) return unknown;
  const shown = show(Math.abs(n));
  if (shown === show(0)) return 'no change';
  return (n > 0 ? '+' : '−') + shown;
}
