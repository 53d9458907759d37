// The county's answer in five numbers and a sentence, the options ranked, and
// the map of who is outside.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { classIn, classMap, markOf, optionId, optionOf, shown, signCounts, theme } from '../chosen';
import { useLoad } from '../load';
import { people, percent, pounds } from '../number';
import { AreaCard } from '../parts/area-card';
import { AreaTable } from '../parts/area-table';
import { Figures } from '../parts/figures';
import { Legend, tally } from '../parts/legend';
import { MapControls } from '../parts/map-controls';
import { MapView } from '../parts/map-view';
import { OptionSelect } from '../parts/option-select';
import { Report } from '../parts/report';
import { Shown } from '../parts/state';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, Option, Site, Study } from '../types';
import { under } from '../under';
import { Money } from './money';
import type { PlaceProps } from './props';
import { Ranking } from './ranking';

/** The overview. */
export function Overview({ study, options }: PlaceProps): JSX.Element {
  const option = optionOf(study, options);
  const load = useLoad(() => {
    const of = optionId.value || study.baseline;
    return (signal) => under(of, signal);
  });
  return (
    <main id="main" class="split">
      <div class="side">
        <h1>{t.overview.heading}</h1>
        <div class="controls">
          <OptionSelect label={t.option} options={options} value={option} change={(o) => go({ option: o })} />
        </div>
        <Answer study={study} option={option} />
        <AreaCard option={option.option_id} />
        <Ranking study={study} options={options} option={option} />
        <Money options={options} option={option} />
        <Report />
        <Shown load={load} what={t.areas.caption(option.name)}>
          {({ areas }) => <AreaTable study={study} option={option} areas={areas} />}
        </Shown>
      </div>
      <OptionMap
        study={study}
        option={option}
        areas={load.state.value.value?.areas}
        sites={load.state.value.value?.sites}
      />
    </main>
  );
}

/** Five numbers and a sentence. */
function Answer(props: { study: Study; option: Option }): JSX.Element {
  const { study, option: o } = props;
  const out = (study.county.population_0_19 ?? 0) - (o.covered_0_19 ?? 0);
  const outNeed = (study.county.in_need_0_19 ?? 0) - (o.covered_in_need ?? 0);
  return (
    <>
      <Figures
        figures={[
          { name: t.figures.covered, value: people(o.covered_0_19) },
          { name: t.figures.share, value: percent(o.covered_share_0_19) },
          { name: t.figures.inNeed, value: people(o.covered_in_need) },
          { name: t.figures.open, value: people(o.open_sites) },
          { name: t.figures.cost, value: pounds(o.annual_cost_gbp) },
        ]}
      />
      <p class="govuk-body" id="summary">
        {t.overview.sentence({
          option: o.name,
          share: percent(o.covered_share_0_19),
          out: people(out),
          outNeed: people(outNeed),
          minutes: String(study.thresholds.walk_min),
          towns: o.building_warranted.length,
          town: o.whole_town,
          edge: o.edge_of_town,
          rural: o.rural,
          youth: o.detached_youth,
        })}
      </p>
      {o.building_warranted.length > 0 && <p class="note">{t.overview.warranted(o.building_warranted.join(', '))}</p>}
    </>
  );
}

const nobody: readonly Area[] = [];
const nowhere: readonly Site[] = [];

/** The map of one option with its controls and its legend. */
export function OptionMap(props: {
  study: Study;
  option: Option;
  areas: readonly Area[] | undefined;
  sites: readonly Site[] | undefined;
}): JSX.Element {
  const { study, option, areas = nobody, sites = nowhere } = props;
  const by = theme.value === 'difference' ? 'outreach' : theme.value;
  const classesOf = useMemo(() => classMap(by, areas), [by, areas]);
  const marks = useMemo(() => sites.map(markOf), [sites]);
  const open = useMemo(() => marks.filter((m) => m.order === 1).map((m) => m.id), [marks]);
  return (
    <div class="mapside" id="map" tabIndex={-1}>
      <MapControls study={study} />
      <div class="maps">
        <MapView
          study={study}
          what={t.areas.caption(option.name)}
          theme={by}
          classesOf={classesOf}
          sites={marks}
          catchmentsOf={open}
          overlays={shown.value}
          picked={view.value?.area ?? null}
          events={{ area: (code) => go({ area: code }, 'replace') }}
        />
      </div>
      {areas.length > 0 && (
        <Legend
          theme={by}
          tallies={tally(by, areas, (i) => (areas[i] ? classIn(by, areas[i]) : -1))}
          sites={signCounts(sites)}
          note={by === 'outreach' ? t.legend.note(percent(study.thresholds.uncovered_share)) : ''}
        />
      )}
    </div>
  );
}
