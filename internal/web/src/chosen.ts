// What a page shows when its address leaves it open.
import { computed } from '@preact/signals';
import { overlays, type Overlay, type Theme } from './address';
import { address } from './client';
import { needClass, outreachClass, walkClass, type AreaFacts } from './classes';
import type { Mark } from './map/county-map';
import type { Sign } from './map/icons';
import { view } from './place';
import type { Area, Option, Site, Study } from './types';

/** What is drawn over the areas when the address does not say. */
export const usual: readonly Overlay[] = ['streets', 'names', 'sites'];

/** The option of the address, else the baseline. */
export function optionOf(study: Study, options: readonly Option[]): Option {
  const wanted = view.value?.option ?? study.baseline;
  const found = options.find((o) => o.option_id === wanted) ?? options.find((o) => o.baseline) ?? options[0];
  if (!found) throw new Error('a study has one option at least');
  return found;
}

/** The id of the option of the address; empty: the baseline. */
export const optionId = computed(() => view.value?.option ?? '');

/** The id of the option beside it; empty: the best of the others. */
export const besideId = computed(() => view.value?.beside ?? '');

/** The area that is picked; empty: none. */
export const areaCode = computed(() => view.value?.area ?? '');

/** What to ask for the doorstep of the address; empty: nothing. */
export const doorPath = computed(() => {
  const { home, postcode } = view.value ?? {};
  if (home) return address('/reach', { lon: home[0].toFixed(5), lat: home[1].toFixed(5) });
  return postcode ? address('/reach', { postcode }) : '';
});

/** The theme of the address, else outreach. */
export const theme = computed<Theme>(() => view.value?.theme ?? 'outreach');

/** The overlays of the address, else the usual ones. */
export const shown = computed<readonly Overlay[]>(() => view.value?.overlays ?? usual);

/** The overlays with one more or one less, in their order. */
export function toggled(now: readonly Overlay[], overlay: Overlay, on: boolean): Overlay[] {
  return overlays.filter((o) => (o === overlay ? on : now.includes(o)));
}

/** The class of an area in a theme; "difference" needs two options and has none here. */
export function classIn(theme: Theme, a: AreaFacts): number {
  if (theme === 'need') return needClass(a);
  if (theme === 'walk') return walkClass(a);
  return theme === 'outreach' ? outreachClass(a) : -1;
}

/** The classes of areas by code. */
export function classMap(theme: Theme, areas: readonly Area[]): Map<string, number> {
  return new Map(areas.map((a) => [a.area_code, classIn(theme, a)]));
}

/** The sign of a site. */
export function signOf(s: { status: string; hub_required: boolean }): Sign {
  if (s.status === 'closed') return 'closed';
  if (s.status === 'outreach_only') return 'outreach_only';
  return s.hub_required ? 'required' : 'open';
}

/** A site as the map draws it: open ones above closed ones. */
export function markOf(s: Site): Mark {
  const sign = signOf(s);
  const closed = sign === 'closed' || sign === 'outreach_only';
  return { id: s.site_id, at: [s.lon, s.lat], sign, scale: closed ? 0.8 : 1, order: closed ? 0 : 1 };
}

/** Counts sites by sign. */
export function signCounts(sites: readonly Site[]): Partial<Record<Sign, number>> {
  const counts: Partial<Record<Sign, number>> = {};
  for (const s of sites) counts[signOf(s)] = (counts[signOf(s)] ?? 0) + 1;
  return counts;
}

/** Whether a study has streets to draw. */
export function hasStreets(study: Study): boolean {
  return study.method.walk === 'streets';
}

/** The name of a district. */
export function districtName(study: Study, code: string): string {
  return study.county.districts.find((d) => d.district_code === code)?.name || code;
}
