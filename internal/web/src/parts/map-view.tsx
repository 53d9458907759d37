// The map as part of a page: it loads when it is needed, and follows what the
// page says.
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Overlay, Theme } from '../address';
import { hasStreets } from '../chosen';
import type { CountyMap, Events, Mark } from '../map/county-map';
import { go, view } from '../place';
import { t } from '../strings.en';
import { dress } from '../theme';
import type { Study } from '../types';
import { Waiting } from './state';

type Props = {
  study: Study;
  what: string;
  theme: Theme;
  classesOf: ReadonlyMap<string, number>;
  sites: readonly Mark[];
  venues?: readonly Mark[];
  home?: readonly Mark[];
  targets?: GeoJSON.FeatureCollection | null;
  catchmentsOf?: readonly string[] | null;
  overlays: readonly Overlay[];
  picked?: string | null;
  events?: Events;
  /** Called with the map once it can draw. */
  born?: (map: CountyMap) => void;
};

const none: readonly Mark[] = [];
const nothing: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A map of the county in the box around it. */
export function MapView(props: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const newest = useRef(props);
  newest.current = props;
  const [map, setMap] = useState<CountyMap | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    let made: CountyMap | null = null;
    void begin(box.current, newest).then(
      (begun) => {
        made = begun;
        if (gone) return begun.end();
        setMap(begun);
        newest.current.born?.(begun);
      },
      () => setFailed(true),
    );
    return () => {
      gone = true;
      made?.end();
    };
  }, []);
  const worn = dress.value;
  useEffect(() => map?.wear(worn), [map, worn]);
  useEffect(() => map?.paint(props.theme, props.classesOf), [map, props.theme, props.classesOf]);
  useEffect(() => map?.mark('sites', props.sites), [map, props.sites]);
  useEffect(() => map?.mark('venues', props.venues ?? none), [map, props.venues]);
  useEffect(() => map?.mark('home', props.home ?? none), [map, props.home]);
  useEffect(() => map?.outline(props.targets ?? nothing), [map, props.targets]);
  useEffect(() => map?.show(props.overlays), [map, props.overlays.join()]);
  useEffect(() => map?.catchmentsOf(props.catchmentsOf ?? null), [map, props.catchmentsOf?.join()]);
  useEffect(() => map?.pick(props.picked ?? null), [map, props.picked]);
  return (
    <>
      <div
        class="map"
        ref={box}
        role="region"
        aria-label={t.map.label(props.what)}
        data-ready={map ? 'true' : 'false'}
      />
      {!map && (
        <div class="map-trouble">{failed ? <p role="alert">{t.map.failed}</p> : <Waiting what={t.map.waiting} />}</div>
      )}
    </>
  );
}

async function begin(container: HTMLDivElement | null, newest: { current: Props }): Promise<CountyMap> {
  if (!container) throw new Error('there is no box for the map');
  const { CountyMap } = await import('../map/county-map');
  const { study, theme, what } = newest.current;
  const map = new CountyMap({
    container,
    label: t.map.label(what),
    dress: dress.peek(),
    theme,
    catchment: { profile: study.profiles[0]?.name ?? '', minutes: study.thresholds.walk_min },
    bounds: study.county.bounds,
    streets: hasStreets(study),
    camera: view.peek()?.camera,
    styleUrl: document.querySelector<HTMLMetaElement>('meta[name=hubreach-style]')?.content,
    events: following(newest),
  });
  await map.ready;
  Object.assign(container, { county: map }); // for tests and for the curious
  return map;
}

/** The handlers of the newest render, whichever those are when something happens. */
function following(newest: { current: Props }): Events {
  const now = (): Events => newest.current.events ?? {};
  return {
    camera: (camera) => go({ camera }, 'replace'),
    get area() {
      return now().area;
    },
    get site() {
      return now().site;
    },
    get ground() {
      return now().ground;
    },
    get drag() {
      return now().drag;
    },
  };
}
