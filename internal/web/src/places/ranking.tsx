// The options, best first.
import type { JSX } from 'preact';
import { useSignal } from '@preact/signals';
import { get, list } from '../client';
import { runJob, type Progress } from '../jobs';
import { useLoad } from '../load';
import { index, people, percent, pounds } from '../number';
import { Trouble } from '../parts/state';
import { Table, type Column } from '../parts/table';
import { JobBar, Stop, useTask } from '../parts/task';
import { Token } from '../parts/token';
import { go } from '../place';
import { t } from '../strings.en';
import type { Option, Study } from '../types';

const columns: Column<Option>[] = [
  {
    key: 'name',
    head: t.overview.columns.name,
    by: (o) => o.option_id,
    cell: (o) => (
      <button type="button" class="link-button" onClick={() => go({ option: o.option_id })}>
        {o.option_id}: {o.name}
      </button>
    ),
  },
  { key: 'rank', head: t.overview.columns.rank, numeric: true, by: (o) => o.rank, cell: (o) => o.rank },
  {
    key: 'score',
    head: t.overview.columns.score,
    numeric: true,
    by: (o) => o.score,
    cell: (o) => <Bar value={o.score} />,
  },
  { key: 'open', head: t.overview.columns.open, numeric: true, by: (o) => o.open_sites, cell: (o) => o.open_sites },
  {
    key: 'covered',
    head: t.overview.columns.covered,
    numeric: true,
    by: (o) => o.covered_share_0_19,
    cell: (o) => percent(o.covered_share_0_19),
  },
  {
    key: 'need',
    head: t.overview.columns.inNeed,
    numeric: true,
    by: (o) => o.covered_in_need,
    cell: (o) => people(o.covered_in_need),
  },
  {
    key: 'worst',
    head: t.overview.columns.worst,
    numeric: true,
    by: (o) => o.covered_share_0_19_decile_1,
    cell: (o) => percent(o.covered_share_0_19_decile_1),
  },
  {
    key: 'cost',
    head: t.overview.columns.cost,
    numeric: true,
    by: (o) => o.annual_cost_gbp,
    cell: (o) => pounds(o.annual_cost_gbp),
  },
];

/** How often each option came first when everything uncertain was drawn. */
type Robust = { fingerprint: string; parameters: { draws: number }; options: { id: string; first_share: number }[] };

/** The table of options, in the order of their ranks, and how sure that order is. */
export function Ranking(props: { study: Study; options: Option[]; option: Option }): JSX.Element {
  const known = useLoad(() => (signal) => newest(props.study, signal));
  const task = useTask<Robust>();
  const progress = useSignal<Progress>({ stage: '', share: null });
  const robust = task.result.value?.value ?? known.state.value.value;
  const ranked = [...props.options].sort((a, b) => a.rank - b.rank);
  const draw = (stop: AbortSignal): Promise<Robust> =>
    runJob<Robust>('robustness', { draws: 1000 }, (p) => (progress.value = p), stop);
  return (
    <section>
      <Table
        caption={t.overview.options}
        columns={robust ? [...columns, first(robust)] : columns}
        rows={ranked}
        id={(o) => o.option_id}
        picked={props.option.option_id}
      />
      {robust ? (
        <p class="govuk-body">{t.overview.robustDone(robust.parameters.draws)}</p>
      ) : (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">{t.overview.robust}</span>
          </summary>
          <p class="govuk-body">{t.overview.robustText}</p>
          <Token />
          <div class="buttons">
            {task.running.value ? (
              <Stop stop={task.running.value} />
            ) : (
              <button type="button" class="govuk-button govuk-button--secondary" onClick={() => task.run(draw)}>
                {t.overview.robustRun}
              </button>
            )}
          </div>
          <div role="status">{task.running.value && <JobBar progress={progress.value} />}</div>
          {task.problem.value && <Trouble problem={task.problem.value} what={t.overview.robust} />}
        </details>
      )}
    </section>
  );
}

/** The newest answer that somebody asked for already, of this very study; null where there is none. */
async function newest(study: Study, signal: AbortSignal): Promise<Robust | null> {
  const jobs = await list<{ job_id: number }>('/jobs?kind=robustness&state=done', signal);
  const last = jobs.reduce((most, j) => Math.max(most, j.job_id), 0);
  if (last === 0) return null;
  const found = await get<Robust>(`/jobs/${last}/result`, signal);
  return found.fingerprint === study.fingerprint ? found : null;
}

function first(robust: Robust): Column<Option> {
  const of = (o: Option): number | null => robust.options.find((r) => r.id === o.option_id)?.first_share ?? null;
  return { key: 'first', head: t.overview.columns.first, numeric: true, by: of, cell: (o) => percent(of(o)) };
}

/** A score with a bar from 0 to 1. */
function Bar(props: { value: number | null }): JSX.Element {
  return (
    <>
      {index(props.value)}
      <span class="share" aria-hidden="true">
        <span class="share-bar" style={{ width: `${100 * Math.max(0, Math.min(1, props.value ?? 0))}%` }} />
      </span>
    </>
  );
}
