// Two options by how deprived the places are that they cover.
import type { JSX } from 'preact';
import { useCallback, useMemo } from 'preact/hooks';
import { heights, tenths, undeciled, type Tenth } from '../charts';
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
  const words = rows.map((r) => ({ decile: r.decile, left: percent(r.left), right: percent(r.right) }));
  return (
    <section id="deciles">
      <h2>{t.charts.deciles.heading}</h2>
      <Chart
        label={t.charts.deciles.label(a.option_id, b.option_id, words)}
        height={heights.deciles}
        draw={draw}
        names={{ circle: `${a.option_id}: ${a.name}`, diamond: `${b.option_id}: ${b.name}` }}
      >
        {t.charts.deciles.caption}
        {without > 0 && <p>{t.charts.deciles.undeciled(without)}</p>}
      </Chart>
      <details class="govuk-details">
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{t.charts.table}</span>
        </summary>
        <Table
          caption={t.charts.deciles.table}
          columns={columns(a.option_id, b.option_id)}
          rows={rows}
          id={(r) => String(r.decile)}
        />
      </details>
    </section>
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
