// Two options by how deprived the places are that they cover.
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { heights, tenths, told, undeciled, widest, type Tenth } from '../charts';
import { difference, people, percent, points } from '../number';
import { Chart, type Drawings } from '../parts/chart';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { Pair } from './compare';

/** The share covered in each decile of deprivation, drawn and as a table. */
export function Deciles({ pair: { left, right } }: { pair: Pair }): JSX.Element {
  const rows = useMemo(() => tenths(left.areas, right.areas), [left, right]);
  const draw = useCallback((by: Drawings, width: number) => by.deciles(rows, width), [rows]);
  const without = undeciled(right.areas);
  const [a, b] = [left.option, right.option];
  const words = t.charts.deciles;
  return (
    <section id="deciles">
      <h2>{words.heading}</h2>
      {without === right.areas.length ? (
        <p class="govuk-body">{words.none}</p>
      ) : (
        <>
          <Chart
            label={words.label(a.option_id, b.option_id)}
            summary={summary(rows, a.option_id, b.option_id)}
            height={heights.deciles}
            draw={draw}
            names={{ circle: `${a.option_id}: ${a.name}`, diamond: `${b.option_id}: ${b.name}` }}
          >
            {words.caption}
            {without > 0 && <p>{words.undeciled(without)}</p>}
          </Chart>
          <Numbers rows={rows} left={a.option_id} right={b.option_id} />
        </>
      )}
    </section>
  );
}

/** The most deprived tenth, and where the two are furthest apart; empty where no decile is known of both. */
function summary(rows: readonly Tenth[], left: string, right: string): string {
  const words = t.charts.deciles;
  const most = widest(rows);
  if (!most) return '';
  const first = told(rows).find((r) => r.decile === 1);
  const apart =
    most.left === most.right ? words.alike : words.apart(most.decile, percent(most.left), percent(most.right));
  return first ? `${words.first(left, right, percent(first.left), percent(first.right))} ${apart}` : apart;
}

/** The chart's numbers as a table, folded away. */
function Numbers(props: { rows: Tenth[]; left: string; right: string }): JSX.Element {
  return (
    <details class="govuk-details">
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.charts.table}</span>
      </summary>
      <Table
        caption={t.charts.deciles.table}
        columns={columns(props.left, props.right)}
        rows={props.rows}
        id={(r) => String(r.decile)}
      />
    </details>
  );
}

function columns(left: string, right: string): Column<Tenth>[] {
  const apart = (r: Tenth): number | null => (r.left === null || r.right === null ? null : r.right - r.left);
  const { decile, people: residents } = t.charts.deciles;
  return [
    { key: 'decile', head: decile, by: (r) => r.decile, cell: (r) => r.decile },
    { key: 'people', head: residents, numeric: true, by: (r) => r.people, cell: (r) => people(r.people) },
    { key: 'left', head: left, numeric: true, by: (r) => r.left, cell: (r) => percent(r.left) },
    { key: 'right', head: right, numeric: true, by: (r) => r.right, cell: (r) => percent(r.right) },
    { key: 'gap', head: t.compare.difference, numeric: true, by: apart, cell: (r) => difference(apart(r), points) },
  ];
}
