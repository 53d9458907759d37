// One area in words: its figures, why it is classed as it is, and every question
// that the rules asked.
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { areaCode } from '../chosen';
import { get } from '../client';
import { useLoad } from '../load';
import { minutes, people, percent } from '../number';
import { go } from '../place';
import { t } from '../strings.en';
import type { Area, AreaDetail, Step } from '../types';
import { Facts, type Fact } from './facts';
import { Shown } from './state';

/** The area of the address under an option; nothing where none is chosen. */
export function AreaCard(props: { option: string }): JSX.Element | null {
  const load = useLoad(() => {
    const code = areaCode.value;
    return code ? (signal) => get<AreaDetail>(`/areas/${encodeURIComponent(code)}`, signal) : null;
  });
  if (!areaCode.value) return null;
  return (
    <section class="card picked" aria-live="polite">
      <Shown load={load} what={areaCode.value}>
        {(area) => <Finding area={area} option={props.option} />}
      </Shown>
      <button type="button" class="link-button no-print" onClick={() => go({ area: undefined }, 'replace')}>
        {t.area.close}
      </button>
    </section>
  );
}

function Finding(props: { area: AreaDetail; option: string }): JSX.Element {
  const { area } = props;
  const found = useMemo(() => area.options.find((o) => o.option_id === props.option), [area, props.option]);
  return (
    <>
      <h2>{t.area.heading(area.area_name, area.area_code)}</h2>
      {found && <AreaFigures area={found} />}
      {found && <Trace steps={found.trace} />}
    </>
  );
}

function AreaFigures(props: { area: Area }): JSX.Element {
  const a = props.area;
  const facts: Fact[] = [
    [t.area.people, people(a.population_0_19)],
    [t.area.inNeed, people(a.in_need_0_19)],
    [t.area.covered, percent(a.covered_share)],
    [t.area.walk, t.area.minutes(minutes(a.walk_min))],
    [t.area.pushchair, t.area.minutes(minutes(a.pushchair_min))],
    [t.area.transit, a.transit_min == null ? people(null) : t.area.minutes(minutes(a.transit_min))],
    [t.area.decile, a.need_decile == null ? people(null) : String(a.need_decile)],
    [t.area.settlement, a.settlement ?? people(null)],
  ];
  return (
    <>
      <p class="govuk-body">{a.reason}</p>
      <Facts facts={facts} />
    </>
  );
}

/** The questions of the rules with their answers, for who asks; nothing where there are none. */
function Trace(props: { steps: Step[] }): JSX.Element | null {
  if (props.steps.length === 0) return null;
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.area.trace}</span>
      </summary>
      <Steps steps={props.steps} />
    </details>
  );
}

/** The questions of the rules, each with its answer and what it was answered by. */
export function Steps(props: { steps: Step[] }): JSX.Element {
  return (
    <ul class="trace">
      {props.steps.map((s, i) => (
        <li key={i}>
          <strong class={s.holds ? 'better' : 'quiet'}>{s.holds ? `✓ ${t.area.yes}` : `✗ ${t.area.no}`}</strong>
          <span>
            <strong>{t.categories[s.category] ?? s.category}:</strong> {s.question} {s.found}
          </span>
        </li>
      ))}
    </ul>
  );
}
