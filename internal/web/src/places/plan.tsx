// A what-if: open, close, move and add buildings; every number follows.
import { computed, useComputed, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { optionId, optionOf } from '../chosen';
import { address, list } from '../client';
import { useLoad } from '../load';
import { AreaCard } from '../parts/area-card';
import { AreaTable } from '../parts/area-table';
import { OptionSelect } from '../parts/option-select';
import { Shown, Trouble } from '../parts/state';
import { go } from '../place';
import { t } from '../strings.en';
import type { Area, Option, Site, Study } from '../types';
import { Best } from './plan-best';
import { Costs } from './plan-costs';
import { changed, PlanMap } from './plan-map';
import { Numbers } from './plan-numbers';
import { Save } from './plan-save';
import { Sheet } from './plan-sheet';
import { SiteTable } from './plan-sites';
import { plan, type Planner } from './plan-state';
import type { PlaceProps } from './props';

/** What an option is before anything is changed. */
export type Begun = { option: string; areas: Area[]; sites: Site[] };

/** The plan. */
export function Plan({ study, options, refresh }: PlaceProps): JSX.Element {
  const option = optionOf(study, options);
  const load = useLoad<Begun>(() => {
    const id = optionId.value || study.baseline;
    return async (signal) => {
      const [areas, sites] = await Promise.all([
        list<Area>(address('/areas', { option: id }), signal),
        list<Site>(address('/sites', { option: id }), signal),
      ]);
      return { option: id, areas, sites };
    };
  });
  const begun = load.state.value.value;
  const planner = useMemo(() => (begun ? plan(begun.option, begun.sites) : null), [begun]);
  useEffect(() => () => planner?.end(), [planner]);
  const areas = useMemo(
    () => computed(() => changed(begun?.areas ?? [], planner?.picture.value ?? null, study)),
    [begun, planner, study],
  );
  const [adding, setAdding] = useState(false);
  useKeys(planner);
  return (
    <main id="main" class="split">
      <div class="side">
        <h1>{t.plan.heading}</h1>
        <p class="govuk-body">{t.plan.intro}</p>
        <div class="controls">
          <OptionSelect
            label={t.plan.begin}
            options={options}
            value={option}
            change={(o) => go({ option: o, changes: undefined })}
          />
        </div>
        <Shown load={load} what={option.name}>
          {() => planner && <Controls {...{ study, areas, options, option, planner, refresh, adding, setAdding }} />}
        </Shown>
      </div>
      <PlanMap study={study} areas={areas} planner={planner} adding={adding} added={() => setAdding(false)} />
    </main>
  );
}

type ControlProps = {
  study: Study;
  /** The areas as the newest picture has them. */
  areas: ReadonlySignal<readonly Area[]>;
  options: Option[];
  option: Option;
  planner: Planner;
  refresh: () => void;
  adding: boolean;
  setAdding: (on: boolean) => void;
};

function Controls(props: ControlProps): JSX.Element {
  const { option, planner, adding, setAdding } = props;
  const problem = planner.dragging.value ? null : planner.problem.value; // until then the map says it: the figures stay where they are
  return (
    <>
      <Buttons planner={planner} adding={adding} setAdding={setAdding} />
      {problem && <Trouble problem={problem} what={t.plan.heading} again={planner.again} />}
      <Numbers planner={planner} />
      <Costs planner={planner} />
      <AreaCard option={option.option_id} />
      <SiteTable planner={planner} />
      <AreaTable study={props.study} option={option} areas={props.areas} planned />
      <Best planner={planner} option={option} />
      <Sheet options={props.options} refresh={props.refresh} />
      <Save planner={planner} option={option} options={props.options} refresh={props.refresh} />
    </>
  );
}

function Buttons(props: { planner: Planner; adding: boolean; setAdding: (on: boolean) => void }): JSX.Element {
  const { planner, adding, setAdding } = props;
  const { past, future } = planner.history.value;
  const unchanged = useComputed(() => planner.changes.value.length === 0); // not drawn again for every place of the mouse
  const secondary = 'govuk-button govuk-button--secondary';
  return (
    <div class="buttons">
      <button type="button" class={secondary} aria-pressed={adding} onClick={() => setAdding(!adding)}>
        {adding ? t.plan.adding : t.plan.add}
      </button>
      <button type="button" class={secondary} disabled={past.length === 0} onClick={planner.undo}>
        {t.plan.undo}
      </button>
      <button type="button" class={secondary} disabled={future.length === 0} onClick={planner.redo}>
        {t.plan.redo}
      </button>
      <button type="button" class={secondary} disabled={unchanged.value} onClick={() => planner.take([])}>
        {t.plan.reset}
      </button>
    </div>
  );
}

/** Ctrl and Z undoes; Ctrl, Shift and Z, or Ctrl and Y, does again. */
function useKeys(planner: Planner | null): void {
  useEffect(() => {
    const press = (e: KeyboardEvent): void => {
      if (!(e.ctrlKey || e.metaKey) || e.target instanceof HTMLInputElement) return;
      const key = e.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      e.preventDefault();
      if (key === 'y' || e.shiftKey) planner?.redo();
      else planner?.undo();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [planner]);
}
