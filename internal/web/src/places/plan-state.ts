// The what-if of a page: the changes so far, what they do, undo and redo.
import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { LonLat } from '../address';
import { formatChanges, isOpen, rounded, withChange, type Change, type Status } from '../changes';
import { ask, type Problem } from '../client';
import { begin, push, redo, undo, type History } from '../history';
import { latest } from '../latest';
import { asProblem } from '../load';
import { go, view } from '../place';
import type { Site, WhatIf } from '../types';
import { asked } from './plan-asked';

/** A site of the plan: as the option has it, with the changes so far. */
export type Planned = Site & { changed: boolean; added: boolean };

/** What a page of the plan shows and does. */
export type Planner = {
  changes: ReadonlySignal<readonly Change[]>;
  picture: ReadonlySignal<WhatIf | null>;
  /** What went wrong with the newest changes. */
  problem: ReadonlySignal<Problem | null>;
  /** A site is in somebody's hand. */
  dragging: ReadonlySignal<boolean>;
  /** The picture is behind the changes. */
  behind: ReadonlySignal<boolean>;
  history: ReadonlySignal<History<readonly Change[]>>;
  /** The sites with the changes so far; one that is dragged stays until it is let go. */
  sites: ReadonlySignal<readonly Planned[]>;
  set: (site: string, status: Status) => void;
  toggle: (site: string) => void;
  move: (site: string, at: LonLat, dropped: boolean) => void;
  add: (at: LonLat, name: string) => void;
  take: (changes: readonly Change[]) => void;
  undo: () => void;
  redo: () => void;
  again: () => void;
  /** Ends the planner. */
  end: () => void;
};

/** Asks what an option would do with changes. */
export async function whatIf(option: string, changes: readonly Change[], stop?: AbortSignal): Promise<WhatIf> {
  const body = { option_id: option, changes: asked(changes) };
  return (await ask<WhatIf>('/what-if', { method: 'POST', body, ...(stop ? { signal: stop } : {}) })).value;
}

/** Begins to plan with an option and its sites. What is planned stands in the address. */
export function plan(option: string, base: readonly Site[]): Planner {
  const history = signal(begin<readonly Change[]>(view.peek()?.changes ?? []));
  const dragged = signal<readonly Change[] | null>(null);
  const changes = computed(() => dragged.value ?? history.value.now);
  const picture = signal<WhatIf | null>(null);
  const settled = signal<WhatIf | null>(null); // the newest that nobody drags through
  const problem = signal<Problem | null>(null);
  const behind = signal(true);
  const want = latest(
    (wanted: readonly Change[]) => whatIf(option, wanted),
    (_, answer, last) =>
      batch(() => {
        if ('value' in answer) picture.value = answer.value;
        if (!dragged.peek()) settled.value = picture.value;
        problem.value = 'error' in answer ? asProblem(answer.error) : null;
        behind.value = !last;
      }),
  );
  const query = (): void => {
    behind.value = true;
    want(changes.peek());
  };
  const ends = [
    effect(() => {
      void changes.value;
      query();
    }),
    effect(() => {
      const outside = view.value?.changes ?? [];
      const inside = history.peek().now;
      if (formatChanges(outside) !== formatChanges(inside)) history.value = push(history.peek(), outside);
    }),
  ];
  const keep = (next: History<readonly Change[]>): void => {
    batch(() => {
      dragged.value = null;
      history.value = next;
    });
    go({ changes: next.now.length > 0 ? [...next.now] : undefined }, 'replace');
  };
  const take = (next: readonly Change[]): void => keep(push(history.peek(), next));
  const sites = computed(() => merged(base, history.value.now, settled.value));
  const set = (site: string, status: Status): void => {
    const was = base.find((s) => s.site_id === site)?.status;
    take(withChange(history.peek().now, { kind: 'status', site, status }, was));
  };
  return {
    changes,
    picture,
    problem,
    dragging: computed(() => dragged.value !== null),
    behind,
    history,
    sites,
    set,
    take,
    toggle: (site) => set(site, turned(sites.peek(), base, site)),
    move: (site, [lon, lat], dropped) => {
      const next = withChange(history.peek().now, { kind: 'move', site, lon: rounded(lon), lat: rounded(lat) });
      if (dropped) take(next);
      else dragged.value = next;
    },
    add: ([lon, lat], name) => {
      const taken = new Set(sites.peek().map((s) => s.site_id));
      let n = 1;
      while (taken.has(`NEW${n}`)) n++;
      take([...history.peek().now, { kind: 'add', site: `NEW${n}`, lon: rounded(lon), lat: rounded(lat), name }]);
    },
    undo: () => keep(undo(history.peek())),
    redo: () => keep(redo(history.peek())),
    again: query,
    end: () => ends.forEach((end) => end()),
  };
}

/** An open site closes; a closed one becomes what it was, or a hub. */
function turned(sites: readonly Site[], base: readonly Site[], site: string): Status {
  const now = sites.find((s) => s.site_id === site)?.status ?? 'closed';
  if (isOpen(now)) return 'closed';
  const was = base.find((s) => s.site_id === site)?.status ?? 'new';
  return isOpen(was) ? (was as Status) : 'hub';
}

/**
 * The sites with the changes laid over them at once, and what each reaches as
 * soon as the newest picture says it.
 */
export function merged(base: readonly Site[], changes: readonly Change[], picture: WhatIf | null): Planned[] {
  const told = new Map((picture?.sites ?? []).map((s) => [s.site_id, s]));
  const all = base.map((s): Planned => ({
    ...(told.get(s.site_id) ?? s),
    status: s.status,
    lon: s.lon,
    lat: s.lat,
    changed: false,
    added: false,
  }));
  const at = new Map(all.map((s, i) => [s.site_id, i]));
  for (const c of changes) {
    const known = all[at.get(c.site) ?? -1];
    if (c.kind === 'add') {
      at.set(c.site, all.length);
      all.push(added(c, told.get(c.site), picture?.option_id ?? ''));
    } else if (known && c.kind === 'status') Object.assign(known, { status: c.status, changed: true });
    else if (known && c.kind === 'move') Object.assign(known, { lon: c.lon, lat: c.lat, changed: true });
  }
  return all;
}

function added(c: Extract<Change, { kind: 'add' }>, told: Site | undefined, option: string): Planned {
  const unknown: Site = {
    option_id: option,
    site_id: c.site,
    name: c.name,
    district_code: '',
    status: 'new',
    reached_0_19: null,
    reached_in_need: null,
    only_here_0_19: null,
    only_here_in_need: null,
    hub_required: false,
    youth_space: null,
    kind: null,
    postcode: null,
    settlement: null,
    lon: c.lon,
    lat: c.lat,
    annual_cost_gbp: null,
  };
  return { ...unknown, ...told, status: 'new', lon: c.lon, lat: c.lat, changed: true, added: true };
}
