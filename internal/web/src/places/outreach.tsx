// Where to send outreach: the target areas of an option as a list and on a map,
// why each is one, where to meet, and what the districts can staff.
import { computed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { classIn, classMap, markOf, optionId, optionOf, shown, signCounts, usual } from '../chosen';
import { address, get, list } from '../client';
import { useLoad } from '../load';
import type { CountyMap } from '../map/county-map';
import { AreaTable } from '../parts/area-table';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { OptionSelect } from '../parts/option-select';
import { Shown } from '../parts/state';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, Site, StaffPlan, Study, Target, TargetDetail } from '../types';
import { under } from '../under';
import { Filters, Findings, kept, placeId } from './outreach-list';
import { TargetCard } from './outreach-card';
import type { PlaceProps } from './props';

/** What an option's outreach is made of. */
export type Mission = {
  areas: Area[];
  sites: Site[];
  targets: Target[];
  ground: GeoJSON.FeatureCollection;
  staff: StaffPlan;
};

const targetId = computed(() => view.value?.target ?? '');

/** The outreach of an option. */
export function Outreach({ study, options }: PlaceProps): JSX.Element {
  const option = optionOf(study, options);
  const load = useLoad<Mission>(() => {
    const of = { option: optionId.value || study.baseline };
    return async (signal) => {
      const [county, targets, staff, ground] = await Promise.all([
        under(of.option, signal),
        list<Target>(address('/outreach', { ...of, sort: '-in_need_0_19' }), signal),
        get<StaffPlan>(address('/outreach/plan', of), signal),
        get<GeoJSON.FeatureCollection>(address('/outreach', { ...of, format: 'geojson', limit: 10000 }), signal),
      ]);
      return { ...county, targets, staff, ground };
    };
  });
  const detail = useLoad<TargetDetail>(() => {
    const of = { option: optionId.value || study.baseline };
    const id = targetId.value;
    return id
      ? (signal) => get<TargetDetail>(address(`/outreach/targets/${encodeURIComponent(id)}`, of), signal)
      : null;
  });
  const mission = load.state.value.value;
  const chosen = useRef('');
  const choose = (target: string): void => {
    chosen.current = target;
    go({ target });
  };
  return (
    <main id="main" class="split">
      <div class="side">
        <h1>{t.outreach.heading}</h1>
        <div class="controls">
          <OptionSelect
            label={t.option}
            options={options}
            value={option}
            change={(o) => go({ option: o, target: undefined })}
          />
          <Filters study={study} />
        </div>
        {targetId.value && (
          <Shown load={detail} what={targetId.value}>
            {(target) => (
              <TargetCard
                study={study}
                option={option}
                target={target}
                areas={mission?.areas ?? []}
                focus={target.target_id === chosen.current}
                close={() => leave(target.target_id)}
              />
            )}
          </Shown>
        )}
        <Shown load={load} what={t.outreach.heading}>
          {(m) => (
            <>
              <Findings study={study} option={option} mission={m} choose={choose} />
              <AreaTable study={study} option={option} areas={m.areas} />
            </>
          )}
        </Shown>
      </div>
      <OutreachMap study={study} mission={mission} venues={detail.state.value.value} />
    </main>
  );
}

/** Closes the card of a target; the focus goes back to where the list has it. */
function leave(target: string): void {
  go({ target: undefined });
  document.getElementById(placeId(target))?.focus();
}

function OutreachMap(props: { study: Study; mission: Mission | null; venues: TargetDetail | null }): JSX.Element {
  const { study, mission, venues } = props;
  const areas = mission?.areas ?? [];
  const classesOf = useMemo(() => classMap('outreach', areas), [mission]);
  const marks = useMemo(() => (mission?.sites ?? []).map(markOf), [mission]);
  const query = [view.value?.district, view.value?.category, view.value?.frequency, targetId.value].join();
  const outlines = useMemo(() => outlined(mission), [mission, query]);
  const meet = useMemo(
    () =>
      [...(venues?.venues ?? []), ...(venues?.youth_places ?? [])].map((v) => ({
        id: v.venue_id,
        at: [v.lon, v.lat] as const,
        sign: 'venue' as const,
      })),
    [venues],
  );
  const [map, setMap] = useState<CountyMap | null>(null);
  useEffect(() => {
    if (targetId.value && mission && !view.peek()?.camera) map?.lookAtTargets();
  }, [map, outlines]);
  const overlays = view.value?.overlays ? shown.value : [...usual, 'targets' as const];
  return (
    <div class="mapside" id="map" tabIndex={-1}>
      <MapControls
        study={study}
        themes={['outreach']}
        overlays={['streets', 'names', 'sites', 'targets']}
        base={overlays}
      />
      <div class="maps">
        <MapView
          study={study}
          what={t.outreach.heading}
          theme="outreach"
          classesOf={classesOf}
          sites={marks}
          venues={meet}
          targets={outlines}
          overlays={overlays}
          born={setMap}
          events={{
            area: (code) =>
              go({ target: mission?.targets.find((x) => x.area_codes.includes(code))?.target_id }, 'push'),
          }}
        />
      </div>
      {areas.length > 0 && (
        <Legend
          theme="outreach"
          tallies={tally('outreach', areas, (i) => (areas[i] ? classIn('outreach', areas[i]) : -1))}
          sites={{ ...signCounts(mission?.sites ?? []), venue: meet.length }}
        />
      )}
    </div>
  );
}

/** The outlines of the one target that is chosen, else of those that the filters keep. */
function outlined(mission: Mission | null): GeoJSON.FeatureCollection {
  const ids = new Set(
    (mission?.targets ?? [])
      .filter((x) => (targetId.value ? x.target_id === targetId.value : kept(x)))
      .map((x) => x.target_id),
  );
  const features = (mission?.ground.features ?? []).filter((f) => ids.has(String(f.properties?.['target_id'])));
  return { type: 'FeatureCollection', features };
}
