// Changes as an option document says them.
import { costFields, type Change, type CostFields } from '../changes';

/** What an option does with one site, as an option document says it. */
export type SitePlan = { id: string; status?: string; name?: string; lon?: number; lat?: number } & CostFields;

/** The sites of an option document that the changes make. */
export function documentSites(changes: readonly Change[]): SitePlan[] {
  const sites = new Map<string, SitePlan>();
  for (const c of changes) {
    const site = sites.get(c.site) ?? { id: c.site };
    if (c.kind === 'status') site.status = c.status;
    else
      Object.assign(
        site,
        { lon: c.lon, lat: c.lat },
        c.kind === 'add' ? { name: c.name, status: 'new', ...costFields(c) } : {},
      );
    sites.set(c.site, site);
  }
  return [...sites.values()];
}
