// The map of a what-if: areas follow the newest picture, sites follow the mouse.
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { classMap, markOf, shown, signCounts, theme } from '../chosen';
import type { CountyMap } from '../map/county-map';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { percent } from '../number';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, ChangedArea, Study, WhatIf } from '../types';
import type { Begun } from './plan';
import type { Planned, Planner } from './plan-state';

type Props = { study: Study; begun: Begun | null; planner: Planner | null; adding: boolean; added: () => void };

/** The map of the plan. */
export function PlanMap({ study, begun, planner, adding, added }: Props): JSX.Element {
  const by = theme.value === 'walk' ? 'walk' : theme.value === 'need' ? 'need' : 'outreach';
  const picture = planner?.picture.value ?? null;
  const areas = useMemo(() => changed(begun?.areas ?? [], picture, study), [begun, picture, study]);
  const drawn = useRef<ReadonlyMap<string, number>>(new Map());
  drawn.current = useMemo(() => steady(drawn.current, classMap(by, areas)), [areas, by]);
  const classesOf = drawn.current; // the same map while nothing changes its class: nothing is drawn again
  const tallies = useMemo(
    () => tally(by, areas, (i) => classesOf.get(areas[i]?.area_code ?? '') ?? -1),
    [classesOf, by],
  );
  const sites = planner?.sites.value ?? none;
  const marks = useMemo(() => sites.map(plannedMark), [sites]);
  const map = useRef<CountyMap | null>(null);
  const name = t.plan.newName(sites.filter((s) => s.added).length + 1);
  return (
    <div class="mapside" id="map" tabIndex={-1}>
      <MapControls study={study} />
      <div class="maps">
        <MapView
          study={study}
          what={t.plan.heading}
          theme={by}
          classesOf={classesOf}
          sites={marks}
          overlays={shown.value}
          picked={view.value?.area ?? null}
          born={(begun) => (map.current = begun)}
          events={{
            site: (id) => planner?.toggle(id),
            drag: (id, at, dropped) => planner?.move(id, at, dropped),
            area: (code) => go({ area: code }, 'replace'),
            ...(adding && {
              ground: (at) => {
                planner?.add(at, name);
                added();
              },
            }),
          }}
        />
        {adding && (
          <button
            type="button"
            class="govuk-button compact add-here"
            onClick={() => {
              const centre = map.current?.map.getCenter();
              if (centre) planner?.add([centre.lng, centre.lat], name);
              added();
            }}
          >
            {t.plan.addCentre}
          </button>
        )}
      </div>
      {areas.length > 0 && (
        <Legend
          theme={by}
          tallies={tallies}
          sites={signCounts(sites)}
          note={by === 'outreach' ? t.legend.note(percent(study.thresholds.uncovered_share)) : ''}
        />
      )}
    </div>
  );
}

const none: readonly Planned[] = [];

function plannedMark(s: Planned): ReturnType<typeof markOf> {
  const mark = markOf(s);
  return s.changed ? { ...mark, scale: 1.3, order: 2 } : mark;
}

/** The classes as they were where they are the same, else those of now. */
export function steady(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const same = before.size === now.size && [...now].every(([code, index]) => before.get(code) === index);
  return same ? before : now;
}

/** The areas with what a picture changes of them. */
export function changed(areas: readonly Area[], picture: WhatIf | null, study: Study): readonly Area[] {
  if (!picture || picture.areas_changed.length === 0) return areas;
  const told = new Map(picture.areas_changed.map((a) => [a.area_code, a]));
  return areas.map((a) => {
    const now = told.get(a.area_code);
    return now ? { ...a, ...now, uncovered: isUncovered(now, study) } : a;
  });
}

/** An area is uncovered when the study's share of its people, or more, live outside. */
export function isUncovered(a: Pick<ChangedArea, 'covered_share'>, study: Study): boolean {
  return 1 - (a.covered_share ?? 0) >= study.thresholds.uncovered_share;
}
