// What every place shows first: the county as it is under an option.
import { address, list } from './client';
import type { Area, Site } from './types';

/** The areas and the sites of the county under an option. */
export async function under(option: string, signal: AbortSignal): Promise<{ areas: Area[]; sites: Site[] }> {
  const [areas, sites] = await Promise.all([
    list<Area>(address('/areas', { option }), signal),
    list<Site>(address('/sites', { option }), signal),
  ]);
  return { areas, sites };
}
