// Two options: a map to swipe, what changes, and who gains and who loses.
import type { JSX } from 'preact';
import { besideId, optionId } from '../chosen';
import { address, get } from '../client';
import { useLoad } from '../load';
import { balance } from '../losers';
import { AreaCard } from '../parts/area-card';
import { AreaTable } from '../parts/area-table';
import { Figures } from '../parts/figures';
import { OptionSelect } from '../parts/option-select';
import { Report } from '../parts/report';
import { Select } from '../parts/select';
import { Shown } from '../parts/state';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, Compared, Option, Site, Study } from '../types';
import { under } from '../under';
import { CompareMap } from './compare-map';
import { CriteriaTable, LoserTables, Sites } from './compare-tables';
import { Deciles } from './deciles';
import type { PlaceProps } from './props';

/** One side of a comparison. */
export type Side = { option: Option; areas: Area[]; sites: Site[] };

/** What is said of two options: both sides, and the right one against the left. */
export type Pair = { left: Side; right: Side; compared: Compared };

/** The comparison. */
export function Compare({ study, options }: PlaceProps): JSX.Element {
  const [left, right] = sides(study, options);
  const load = useLoad<Pair>(() => {
    const [a, b] = sides(study, options);
    return async (signal) => {
      const [from, to, both] = await Promise.all([
        sideOf(a, signal),
        sideOf(b, signal),
        get<{ options: Compared[] }>(address('/compare', { options: `${a.option_id},${b.option_id}` }), signal),
      ]);
      const compared = both.options.at(-1);
      if (!compared) throw new Error(t.table.empty);
      return { left: from, right: to, compared };
    };
  });
  return (
    <main id="main" class="split">
      <div class="side">
        <h1>{t.compare.heading}</h1>
        <Controls options={options} left={left} right={right} />
        {left === right && <p class="note">{t.compare.same}</p>}
        <Shown load={load} what={`${left.option_id}, ${right.option_id}`}>
          {(pair) => <Findings study={study} pair={pair} />}
        </Shown>
      </div>
      <CompareMap study={study} pair={load.state.value.value} />
    </main>
  );
}

/** The two options of the address; else the baseline and the best of the others. */
function sides(study: Study, options: Option[]): [Option, Option] {
  const named = (id: string): Option | undefined => options.find((o) => o.option_id === id);
  const left = named(optionId.value) ?? named(study.baseline) ?? options[0];
  if (!left) throw new Error('a study has one option at least');
  const others = options.filter((o) => o !== left).sort((a, b) => a.rank - b.rank);
  return [left, named(besideId.value) ?? others[0] ?? left];
}

async function sideOf(option: Option, signal: AbortSignal): Promise<Side> {
  return { option, ...(await under(option.option_id, signal)) };
}

function Controls(props: { options: Option[]; left: Option; right: Option }): JSX.Element {
  const { options, left, right } = props;
  const mode = view.value?.theme === 'difference' ? 'difference' : 'swipe';
  return (
    <div class="controls">
      <OptionSelect label={t.compare.left} options={options} value={left} change={(id) => go({ option: id })} />
      <OptionSelect label={t.compare.right} options={options} value={right} change={(id) => go({ beside: id })} />
      <Select
        label={t.compare.view}
        value={mode}
        options={[
          { value: 'swipe', text: t.compare.views.swipe },
          { value: 'difference', text: t.compare.views.difference },
        ]}
        change={(m) => go({ theme: m === 'difference' ? 'difference' : undefined })}
      />
      <button
        type="button"
        class="govuk-button govuk-button--secondary compact"
        onClick={() => go({ option: right.option_id, beside: left.option_id })}
      >
        {t.compare.swap}
      </button>
    </div>
  );
}

function Findings(props: { study: Study; pair: Pair }): JSX.Element {
  const { study, pair } = props;
  const { left, right, compared } = pair;
  const { gained, kept, lost } = balance(compared.losers);
  const both = [...new Set([left.option.option_id, right.option.option_id])];
  return (
    <>
      <Figures
        figures={[
          { name: t.compare.gained, value: gained },
          { name: t.compare.kept, value: kept },
          { name: t.compare.lost, value: lost },
        ]}
      />
      <p class="govuk-body" id="summary">
        {t.compare.sentence({ left: left.option.name, right: right.option.name, gained, kept, lost })}
      </p>
      <AreaCard option={right.option.option_id} />
      <CriteriaTable left={left.option} right={right.option} />
      <Deciles pair={pair} />
      <Sites heading={t.compare.opens} ids={compared.opens} sites={right.sites} />
      <Sites heading={t.compare.closes} ids={compared.closes} sites={right.sites} />
      <h2>{t.compare.losers}</h2>
      <LoserTables rows={compared.losers} />
      <Report key={both.join()} options={both} />
      <AreaTable study={study} option={right.option} areas={right.areas} />
    </>
  );
}
