// The options, best first.
import type { JSX } from 'preact';
import { index, people, percent, pounds } from '../number';
import { Table, type Column } from '../parts/table';
import { go } from '../place';
import { t } from '../strings.en';
import type { Option } from '../types';

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

/** The table of options, in the order of their ranks. */
export function Ranking(props: { options: Option[]; option: Option }): JSX.Element {
  const ranked = [...props.options].sort((a, b) => a.rank - b.rank);
  return (
    <Table
      caption={t.overview.options}
      columns={columns}
      rows={ranked}
      id={(o) => o.option_id}
      picked={props.option.option_id}
    />
  );
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
