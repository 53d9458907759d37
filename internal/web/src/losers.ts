// What is published of groups of people: small numbers are hidden by the service.
import { people } from './number';
import { t } from './strings.en';
import type { Loser } from './types';

/** A number of a group as it is shown: hidden where it is too small to be published. */
export function published(l: Loser, n: number | null, show: (n: number | null) => string): string {
  return n === null && l.hidden.length > 0 ? t.compare.hidden : show(n);
}

/** Who gains, keeps and loses reach in the county, in words; "not known" where the service does not say. */
export function balance(losers: readonly Loser[]): { gained: string; kept: string; lost: string } {
  const county = losers.find((l) => l.dimension === 'county');
  if (!county) return { gained: people(null), kept: people(null), lost: people(null) };
  const { covered_before: before, lost, gained } = county;
  const kept = before === null || lost === null ? null : before - lost;
  const of = (n: number | null): string => published(county, n, people);
  return { gained: of(gained), kept: of(kept), lost: of(lost) };
}
