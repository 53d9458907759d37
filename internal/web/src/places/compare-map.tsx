// Two maps over each other and a line between them, or one map of what changes.
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { classIn, classMap, markOf, shown, signCounts, theme } from '../chosen';
import { differenceClass } from '../classes';
import type { CountyMap } from '../map/county-map';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Study } from '../types';
import type { Pair, Side } from './compare';

type Props = { study: Study; pair: Pair | null };

/** The map of a comparison. */
export function CompareMap(props: Props): JSX.Element {
  return (
    <div class="mapside" id="map" tabIndex={-1}>
      {theme.value === 'difference' ? <Difference {...props} /> : <Swipe {...props} />}
    </div>
  );
}

function useSide(
  side: Side | undefined,
  by: ReturnType<typeof themeOf>,
): { classesOf: Map<string, number>; marks: ReturnType<typeof markOf>[] } {
  const classesOf = useMemo(() => classMap(by, side?.areas ?? []), [by, side]);
  const marks = useMemo(() => (side?.sites ?? []).map(markOf), [side]);
  return { classesOf, marks };
}

const themeOf = (): 'outreach' | 'need' | 'walk' => (theme.value === 'difference' ? 'outreach' : theme.value);

const pickArea = { area: (code: string) => go({ area: code }, 'replace') };

function Swipe({ study, pair }: Props): JSX.Element {
  const by = themeOf();
  const left = useSide(pair?.left, by);
  const right = useSide(pair?.right, by);
  const [maps, setMaps] = useState<{ left?: CountyMap; right?: CountyMap }>({});
  useEffect(() => (maps.left && maps.right ? together(maps.left, maps.right) : undefined), [maps]);
  const share = view.value?.swipe ?? 0.5;
  const [a, b] = [pair?.left.option, pair?.right.option];
  const both = { study, theme: by, overlays: shown.value, picked: view.value?.area ?? null, events: pickArea };
  const areas = pair?.right.areas ?? [];
  return (
    <>
      <MapControls study={study} themes={['outreach', 'walk']} />
      <div class="maps">
        <div class="under">
          <MapView
            {...both}
            what={t.areas.caption(b?.name ?? '')}
            classesOf={right.classesOf}
            sites={right.marks}
            born={(right) => setMaps((m) => ({ ...m, right }))}
          />
        </div>
        <div class="over" style={{ clipPath: `inset(0 ${100 * (1 - share)}% 0 0)` }}>
          <MapView
            {...both}
            what={t.areas.caption(a?.name ?? '')}
            classesOf={left.classesOf}
            sites={left.marks}
            born={(left) => setMaps((m) => ({ ...m, left }))}
          />
        </div>
        {a && b && (
          <div class="swipe">
            <span class="swipe-name left">{`◀ ${a.option_id}: ${a.name}`}</span>
            <span class="swipe-name right">{`${b.option_id}: ${b.name} ▶`}</span>
            <span class="swipe-line" style={{ left: `${100 * share}%` }} />
            <input
              type="range"
              min="0"
              max="100"
              step="1"
              value={Math.round(100 * share)}
              aria-label={t.compare.swipe(a.name, b.name)}
              aria-valuetext={`${Math.round(100 * share)}%`}
              onInput={(e) => go({ swipe: Number(e.currentTarget.value) / 100 }, 'replace')}
            />
          </div>
        )}
      </div>
      {pair && (
        <Legend
          theme={by}
          tallies={tally(by, areas, (i) => (areas[i] ? classIn(by, areas[i]) : -1))}
          sites={signCounts(pair.right.sites)}
          note={t.compare.legendOf(pair.right.option.name)}
        />
      )}
    </>
  );
}

/** Keeps two maps at the same place; returns how to stop. */
function together(left: CountyMap, right: CountyMap): () => void {
  let leading = false;
  const follow = (from: CountyMap, to: CountyMap) => (): void => {
    if (leading) return; // the other map moves because this one did
    leading = true;
    to.map.jumpTo({ center: from.map.getCenter(), zoom: from.map.getZoom() });
    leading = false;
  };
  const [a, b] = [follow(left, right), follow(right, left)];
  left.map.on('move', a);
  right.map.on('move', b);
  return () => {
    left.map.off('move', a);
    right.map.off('move', b);
  };
}

function Difference({ study, pair }: Props): JSX.Element {
  const classesOf = useMemo(() => differences(pair), [pair]);
  const { marks } = useSide(pair?.right, 'outreach');
  const areas = pair?.right.areas ?? [];
  return (
    <>
      <MapControls study={study} themes={['difference']} />
      <div class="maps">
        <MapView
          study={study}
          what={t.compare.views.difference}
          theme="difference"
          classesOf={classesOf}
          sites={marks}
          overlays={shown.value}
          picked={view.value?.area ?? null}
          events={pickArea}
        />
      </div>
      {pair && (
        <Legend
          theme="difference"
          tallies={tally('difference', areas, (i) => classesOf.get(areas[i]?.area_code ?? '') ?? -1)}
          sites={signCounts(pair.right.sites)}
        />
      )}
    </>
  );
}

function differences(pair: Pair | null): Map<string, number> {
  const before = new Map((pair?.left.areas ?? []).map((a) => [a.area_code, a]));
  return new Map(
    (pair?.right.areas ?? []).map((after) => {
      const was = before.get(after.area_code);
      return [after.area_code, was ? differenceClass(was, after) : -1];
    }),
  );
}
