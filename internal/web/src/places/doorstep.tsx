// One doorstep: every hub from here, on foot, with a pushchair and by bus, under
// each option.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { classIn, classMap, doorPath, markOf, optionId, optionOf, shown, signCounts, theme } from '../chosen';
import { get } from '../client';
import { useLoad } from '../load';
import type { CountyMap } from '../map/county-map';
import { AreaTable } from '../parts/area-table';
import { Input } from '../parts/field';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { OptionSelect } from '../parts/option-select';
import { Shown } from '../parts/state';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Doorstep as Found } from '../types';
import { under } from '../under';
import { FromHere } from './doorstep-tables';
import type { PlaceProps } from './props';

/** The doorstep. */
export function Doorstep({ study, options }: PlaceProps): JSX.Element {
  const option = optionOf(study, options);
  const found = useLoad<Found>(() => {
    const path = doorPath.value;
    return path ? (signal) => get<Found>(path, signal) : null;
  });
  const county = useLoad(() => {
    const of = optionId.value || study.baseline;
    return (signal) => under(of, signal);
  });
  const { areas = [], sites = [] } = county.state.value.value ?? {};
  const by = theme.value === 'difference' ? 'outreach' : theme.value;
  const classesOf = useMemo(() => classMap(by, areas), [by, areas]);
  const marks = useMemo(() => sites.map(markOf), [sites]);
  const here = found.state.value.value;
  const home = useMemo(
    () => (here ? [{ id: 'home', at: [here.lon, here.lat] as const, sign: 'home' as const, scale: 1.3 }] : []),
    [here],
  );
  const map = useSignal<CountyMap | null>(null);
  useEffect(() => {
    if (here?.postcode) map.value?.look([here.lon, here.lat], 13);
  }, [here, map.value]);
  return (
    <main id="main" class="split">
      <div class="side">
        <h1>{t.doorstep.heading}</h1>
        <p class="govuk-body">{t.doorstep.intro}</p>
        <Postcode />
        <div class="controls">
          <OptionSelect label={t.option} options={options} value={option} change={(o) => go({ option: o })} />
        </div>
        <div aria-live="polite">
          <Shown load={found} what={t.doorstep.heading}>
            {(door) => <FromHere study={study} option={option} options={options} door={door} />}
          </Shown>
        </div>
        <Shown load={county} what={t.areas.caption(option.name)}>
          {(c) => <AreaTable study={study} option={option} areas={c.areas} />}
        </Shown>
      </div>
      <div class="mapside" id="map" tabIndex={-1}>
        <MapControls study={study} />
        <div class="maps">
          <MapView
            study={study}
            what={t.doorstep.heading}
            theme={by}
            classesOf={classesOf}
            sites={marks}
            home={home}
            overlays={shown.value}
            events={{ ground: (at) => go({ home: at, postcode: undefined }) }}
            born={(begun) => (map.value = begun)}
          />
        </div>
        {areas.length > 0 && (
          <Legend
            theme={by}
            tallies={tally(by, areas, (i) => (areas[i] ? classIn(by, areas[i]) : -1))}
            sites={signCounts(sites)}
          />
        )}
      </div>
    </main>
  );
}

function Postcode(): JSX.Element {
  return (
    <form
      class="controls"
      onSubmit={(e) => {
        e.preventDefault();
        const typed = new FormData(e.currentTarget).get('postcode');
        if (typeof typed === 'string' && typed.trim()) go({ postcode: typed.trim().toUpperCase(), home: undefined });
      }}
    >
      <Input
        label={t.doorstep.postcode}
        class="govuk-input govuk-input--width-10"
        name="postcode"
        autocomplete="postal-code"
        defaultValue={view.value?.postcode ?? ''}
      />
      <button type="submit" class="govuk-button compact">
        {t.doorstep.go}
      </button>
    </form>
  );
}
