// The map of a what-if: areas follow the newest picture, sites follow the mouse.
import { computed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { classMap, markOf, shown, signCounts, theme } from '../chosen';
import type { CountyMap } from '../map/county-map';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { inWords } from '../parts/state';
import { percent } from '../number';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, ChangedArea, Study, WhatIf } from '../types';
import type { Planned, Planner } from './plan-state';

type Props = {
  study: Study;
  areas: ReadonlySignal<readonly Area[]>;
  planner: Planner | null;
  adding: boolean;
  added: () => void;
};

const colour = computed(() => (theme.value === 'walk' || theme.value === 'need' ? theme.value : 'outreach'));

/** The map of the plan. It is told nothing, and its legend neither, of a picture that changes no area's class. */
export function PlanMap({ study, areas, planner, adding, added }: Props): JSX.Element {
  const by = colour.value;
  const classesOf = useMemo(() => steadyClasses(areas), [areas]).value;
  const tallies = useMemo(() => {
    const counted = areas.peek();
    return tally(by, counted, (i) => classesOf.get(counted[i]?.area_code ?? '') ?? -1);
  }, [classesOf, by]);
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
        {planner && <DragTrouble planner={planner} />}
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
      {classesOf.size > 0 && (
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

/** Why a building cannot stand where it is held, beside where the reader looks. */
function DragTrouble({ planner }: { planner: Planner }): JSX.Element | null {
  const problem = planner.dragging.value ? planner.problem.value : null;
  return (
    problem && (
      <p class="map-trouble held" role="alert">
        {inWords(problem)}
      </p>
    )
  );
}

function plannedMark(s: Planned): ReturnType<typeof markOf> {
  const mark = markOf(s);
  return s.changed ? { ...mark, scale: 1.3, order: 2 } : mark;
}

/** The classes of the areas: the same map while no area changes its class. */
function steadyClasses(areas: ReadonlySignal<readonly Area[]>): ReadonlySignal<ReadonlyMap<string, number>> {
  let before: ReadonlyMap<string, number> = new Map();
  return computed(() => (before = steady(before, classMap(colour.value, areas.value))));
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
