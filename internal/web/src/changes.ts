// The changes of a what-if, as they stand in an address and in a request.

/** What an option does with a site. */
export const statuses = ['hub', 'co_located', 'new', 'outreach_only', 'closed'] as const;
export type Status = (typeof statuses)[number];

/** Whether families can walk in. */
export function isOpen(status: string): boolean {
  return status === 'hub' || status === 'co_located' || status === 'new';
}

/** One change of an option. Longitudes and latitudes are degrees, WGS84. */
export type Change =
  | { kind: 'status'; site: string; status: Status }
  | { kind: 'move'; site: string; lon: number; lat: number }
  | { kind: 'add'; site: string; lon: number; lat: number; name: string };

/** A longitude or latitude as precise as an address says it, about a metre, so that a link makes the same picture. */
export function rounded(degrees: number): number {
  return Number(degrees.toFixed(5));
}

/** Writes changes: parts split by ":", changes by ",". */
export function formatChanges(changes: readonly Change[]): string {
  return changes.map((c) => parts(c).map(encodeURIComponent).join(':')).join(',');
}

function parts(c: Change): string[] {
  switch (c.kind) {
    case 'status':
      return [c.kind, c.site, c.status];
    case 'move':
      return [c.kind, c.site, c.lon.toFixed(5), c.lat.toFixed(5)];
    case 'add':
      return [c.kind, c.site, c.lon.toFixed(5), c.lat.toFixed(5), c.name];
  }
}

/** Reads changes; one that cannot be read is left out. */
export function parseChanges(text: string): Change[] {
  return text.split(',').flatMap((part) => {
    const change = parseChange(part);
    return change ? [change] : [];
  });
}

function parseChange(text: string): Change | null {
  const [kind, site, third, fourth, name] = text.split(':').map(decoded);
  if (!site) return null;
  if (kind === 'status') {
    const status = statuses.find((s) => s === third);
    return status ? { kind, site, status } : null;
  }
  const lon = Number(third || NaN);
  const lat = Number(fourth || NaN);
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null;
  if (kind === 'move') return { kind, site, lon, lat };
  if (kind === 'add' && name) return { kind, site, lon, lat, name };
  return null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/**
 * Adds a change to a list. One that overtakes an earlier change of the same site
 * and kind takes its place, and a site that was added is moved by adding it
 * elsewhere, so a drag is one change however far it goes. A status equal to the
 * one the site had at the start (was) takes the change away.
 */
export function withChange(changes: readonly Change[], next: Change, was?: string): Change[] {
  const added = changes.findIndex((c) => c.kind === 'add' && c.site === next.site);
  if (next.kind === 'move' && added >= 0) {
    return changes.map((c, i) => (i === added && c.kind === 'add' ? { ...c, lon: next.lon, lat: next.lat } : c));
  }
  if (next.kind === 'status' && next.status === was) {
    return changes.filter((c) => !(c.kind === 'status' && c.site === next.site));
  }
  const at = changes.findIndex((c) => c.kind === next.kind && c.site === next.site);
  return at < 0 ? [...changes, next] : changes.map((c, i) => (i === at ? next : c));
}

/** Takes back whatever was changed of a site. */
export function withoutSite(changes: readonly Change[], site: string): Change[] {
  return changes.filter((c) => c.site !== site);
}
