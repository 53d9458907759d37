// Changes as the service wants them.
import { costFields, type Change } from '../changes';

/** The changes as the service wants them. */
export function asked(changes: readonly Change[]): object[] {
  return changes.map((c) => {
    if (c.kind === 'status') return { do: 'status', site_id: c.site, status: c.status };
    const at = { site_id: c.site, lon: c.lon, lat: c.lat };
    return c.kind === 'move' ? { do: 'move', ...at } : { do: 'add', ...at, name: c.name, ...costFields(c) };
  });
}
