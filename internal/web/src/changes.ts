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
  | ({ kind: 'add'; site: string; lon: number; lat: number; name: string } & Costs);

/** What a building that is added costs, pounds a year; absent: nobody costed it. */
export type Costs = { running?: number; staffing?: number };

/** The most that a cost may be, pounds a year, as the service has it. */
export const mostCost = 1e12;

/** A longitude or latitude as precise as an address says it, about a metre, so that a link makes the same picture. */
export function rounded(degrees: number): number {
  return Number(degrees.toFixed(5));
}

/** Writes changes: parts split by ":", changes by ",". Costs stand last, empty where nobody costed them. */
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
      return [c.kind, c.site, c.lon.toFixed(5), c.lat.toFixed(5), c.name, ...costParts(c)];
  }
}

function costParts(c: Costs): string[] {
  if (c.running === undefined && c.staffing === undefined) return [];
  return [c.running, c.staffing].map((cost) => (cost === undefined ? '' : String(cost)));
}

/** Reads changes; one that cannot be read is left out. */
export function parseChanges(text: string): Change[] {
  return text.split(',').flatMap((part) => {
    const change = parseChange(part);
    return change ? [change] : [];
  });
}

function parseChange(text: string): Change | null {
  const [kind, site, third, fourth, name, running, staffing] = text.split(':').map(decoded);
  if (!site) return null;
  if (kind === 'status') {
    const status = statuses.find((s) => s === third);
    return status ? { kind, site, status } : null;
  }
  const lon = Number(third || NaN);
  const lat = Number(fourth || NaN);
  if (!(Math.abs(lon) <= 180 && Math.abs(lat) <= 90)) return null;
  if (kind === 'move') return { kind, site, lon, lat };
  if (kind === 'add' && name) return { kind, site, lon, lat, name, ...costsOf(running, staffing) };
  return null;
}

/** Reads what somebody wrote as costs; what is no amount from 0 to mostCost is not known. */
export function costsOf(running = '', staffing = ''): Costs {
  const cost = (text: string): number => (text.trim() === '' ? NaN : Number(text));
  const known = (n: number): boolean => n >= 0 && n <= mostCost;
  const [r, s] = [cost(running), cost(staffing)];
  return { ...(known(r) && { running: r }), ...(known(s) && { staffing: s }) };
}

/** Says what an added building costs. */
export function withCosts(changes: readonly Change[], site: string, costs: Costs): Change[] {
  return changes.map((c) => {
    if (c.kind !== 'add' || c.site !== site) return c;
    return { kind: c.kind, site, lon: c.lon, lat: c.lat, name: c.name, ...costs };
  });
}

/** Costs as the service names them, in a request and in an option document. */
export type CostFields = { running_gbp?: number; staffing_gbp?: number };

/** The costs that are known, as the service names them. */
export function costFields(c: Costs): CostFields {
  return {
    ...(c.running !== undefined && { running_gbp: c.running }),
    ...(c.staffing !== undefined && { staffing_gbp: c.staffing }),
  };
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
