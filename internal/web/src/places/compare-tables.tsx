// The tables of a comparison.
import type { JSX } from 'preact';
import { better, criteria, gap, type Criterion } from '../criteria';
import { published } from '../losers';
import { difference, minutes, people, percent } from '../number';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { Loser, Option, Site } from '../types';

/** Every figure of two options, with its difference. */
export function CriteriaTable(props: { left: Option; right: Option }): JSX.Element {
  const { left, right } = props;
  const columns: Column<Criterion>[] = [
    {
      key: 'criterion',
      head: t.compare.criterion,
      cell: (c) => (
        <>
          {t.criterionNames[c.key]}
          {c.up !== null && <span class="quiet"> ({c.up ? t.compare.betterIs.more : t.compare.betterIs.less})</span>}
        </>
      ),
    },
    { key: 'left', head: left.option_id, numeric: true, cell: (c) => c.show(c.of(left)) },
    { key: 'right', head: right.option_id, numeric: true, cell: (c) => c.show(c.of(right)) },
    {
      key: 'gap',
      head: t.compare.difference,
      numeric: true,
      cell: (c) => <Gap criterion={c} left={left} right={right} />,
    },
  ];
  return <Table caption={t.compare.criteria} columns={columns} rows={criteria} id={(c) => c.key} />;
}

function Gap(props: { criterion: Criterion; left: Option; right: Option }): JSX.Element {
  const { criterion: c } = props;
  const by = gap(c, props.left, props.right);
  const good = better(c, by);
  return (
    <span class={good === null ? '' : good ? 'better' : 'worse'}>
      {difference(by, c.apart)}
      {good !== null && <span class="visually-hidden">, {good ? t.better : t.worse}</span>}
    </span>
  );
}

const loserColumns: Column<Loser>[] = [
  { key: 'group', head: t.compare.group, by: (l) => l.group_name, cell: (l) => l.group_name },
  {
    key: 'before',
    head: t.compare.before,
    numeric: true,
    by: (l) => l.covered_before,
    cell: (l) => published(l, l.covered_before, people),
  },
  {
    key: 'after',
    head: t.compare.after,
    numeric: true,
    by: (l) => l.covered_after,
    cell: (l) => published(l, l.covered_after, people),
  },
  { key: 'lost', head: t.compare.loses, numeric: true, by: (l) => l.lost, cell: (l) => published(l, l.lost, people) },
  {
    key: 'gained',
    head: t.compare.gains,
    numeric: true,
    by: (l) => l.gained,
    cell: (l) => published(l, l.gained, people),
  },
  {
    key: 'share',
    head: t.compare.share,
    numeric: true,
    by: (l) => l.lost_share,
    cell: (l) => (l.covered_before === 0 ? '–' : <Share loser={l} />),
  },
  {
    key: 'extra',
    head: t.compare.extra,
    numeric: true,
    by: (l) => l.mean_extra_walk_min,
    cell: (l) => (l.lost === 0 ? '–' : published(l, l.mean_extra_walk_min, minutes)),
  },
];

/** Who loses and who gains: a table for each kind of group, districts first. */
export function LoserTables(props: { rows: Loser[] }): JSX.Element {
  const kinds = [...new Set(['district', ...props.rows.map((l) => l.dimension)])];
  const named = (kind: string): string => t.dimensions[kind] ?? sentence(kind.replaceAll('_', ' '));
  return (
    <>
      {props.rows.some((l) => l.hidden.length > 0) && <p class="note">{t.compare.hiddenText}</p>}
      {kinds.map((kind) => (
        <Table
          key={kind}
          caption={named(kind)}
          columns={loserColumns}
          rows={props.rows.filter((l) => l.dimension === kind)}
          id={(l) => l.group}
        />
      ))}
    </>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Share({ loser }: { loser: Loser }): JSX.Element {
  return (
    <>
      {published(loser, loser.lost_share, percent)}
      <span class="share" aria-hidden="true">
        <span class="share-bar lost" style={{ width: `${100 * (loser.lost_share ?? 0)}%` }} />
      </span>
    </>
  );
}

/** Sites by name, in a line. */
export function Sites(props: { heading: string; ids: string[]; sites: Site[] }): JSX.Element {
  const names = props.ids.map((id) => props.sites.find((s) => s.site_id === id)?.name ?? id);
  return (
    <p class="govuk-body">
      <strong>
        {props.heading} ({props.ids.length}):
      </strong>{' '}
      {names.length > 0 ? names.join(', ') : t.compare.none}
    </p>
  );
}
