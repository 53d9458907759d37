// A table that a reader can sort, and that scrolls in its own box when it is wide.
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../strings.en';

/** A column: its heading, what a row shows, and what rows are sorted by. */
export type Column<Row> = {
  key: string;
  head: string;
  cell: (row: Row) => ComponentChildren;
  by?: (row: Row) => number | string | null | undefined;
  numeric?: boolean;
};

type Props<Row> = {
  caption: string;
  hideCaption?: boolean;
  columns: Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  picked?: string | null;
  /** Rows shown before the reader asks for all. */
  most?: number;
};

/** The first column heads its row. */
export function Table<Row>(props: Props<Row>): JSX.Element {
  const order = useSignal<{ key: string; down: boolean } | null>(null);
  const all = useSignal(false);
  const rows = sorted(props, order.value);
  const most = props.most ?? 100;
  const shown = all.value ? rows : rows.slice(0, most);
  return (
    <div class="table-box" role="region" aria-label={props.caption} tabIndex={0}>
      <table class="govuk-table table">
        <caption class={props.hideCaption ? 'govuk-visually-hidden' : 'govuk-table__caption govuk-table__caption--s'}>
          {props.caption}
        </caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {props.columns.map((c) => (
              <Head key={c.key} column={c} order={order.value} sort={(next) => (order.value = next)} />
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {shown.map((row) => (
            <Line key={props.id(row)} row={row} columns={props.columns} picked={props.picked === props.id(row)} />
          ))}
        </tbody>
      </table>
      {props.rows.length === 0 && <p class="govuk-body empty">{t.table.empty}</p>}
      {shown.length < rows.length && (
        <button type="button" class="link-button" onClick={() => (all.value = true)}>
          {t.table.all(rows.length)}
        </button>
      )}
    </div>
  );
}

type Order = { key: string; down: boolean } | null;

function Head<Row>(props: { column: Column<Row>; order: Order; sort: (order: Order) => void }): JSX.Element {
  const { column, order, sort } = props;
  const kind = `govuk-table__header${column.numeric ? ' govuk-table__header--numeric' : ''}`;
  if (!column.by) {
    return (
      <th scope="col" class={kind}>
        {column.head}
      </th>
    );
  }
  const now = order?.key === column.key ? (order.down ? 'descending' : 'ascending') : 'none';
  const next = { key: column.key, down: now === 'none' ? !!column.numeric : now === 'ascending' };
  return (
    <th scope="col" class={kind} aria-sort={now}>
      <button type="button" class="sort" onClick={() => sort(next)}>
        {column.head}
        <span class="sort-sign" aria-hidden="true">
          {now === 'ascending' ? '▲' : now === 'descending' ? '▼' : '↕'}
        </span>
      </button>
    </th>
  );
}

function Line<Row>(props: { row: Row; columns: Column<Row>[]; picked: boolean }): JSX.Element {
  return (
    <tr class={`govuk-table__row${props.picked ? ' picked' : ''}`} aria-current={props.picked ? 'true' : undefined}>
      {props.columns.map((c, i) =>
        i === 0 ? (
          <th key={c.key} scope="row" class="govuk-table__header">
            {c.cell(props.row)}
          </th>
        ) : (
          <td key={c.key} class={`govuk-table__cell${c.numeric ? ' govuk-table__cell--numeric' : ''}`}>
            {c.cell(props.row)}
          </td>
        ),
      )}
    </tr>
  );
}

function sorted<Row>(props: Props<Row>, order: Order): readonly Row[] {
  const by = props.columns.find((c) => c.key === order?.key)?.by;
  if (!order || !by) return props.rows;
  const sign = order.down ? -1 : 1;
  return [...props.rows].sort((a, b) => {
    const x = by(a) ?? null;
    const y = by(b) ?? null;
    if (x === null || y === null) return Number(x === null) - Number(y === null); // unknown last, whichever way
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y);
    return sign * String(x).localeCompare(String(y), 'en-GB', { numeric: true });
  });
}
