// What is said of a doorstep.
import type { JSX } from 'preact';
import { minutes, unknown } from '../number';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { Doorstep, Option, Study } from '../types';

type Props = { study: Study; option: Option; options: Option[]; door: Doorstep };
type Row = Doorstep['sites'][number];

/** A sentence, the nearest open hub under each option, and every hub. */
export function FromHere(props: Props): JSX.Element {
  const { door } = props;
  const far = (s: Row): number => Number(!reached(s));
  const rows = [...door.sites].sort((a, b) => far(a) - far(b)); // and else as the service has them
  return (
    <>
      <p class="govuk-body" id="summary">
        {door.area_name && t.doorstep.here(door.area_name)} {sentence(props)}
      </p>
      {door.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      {!props.study.method.transit && <p class="note">{t.doorstep.notAssessed}</p>}
      <Nearest {...props} />
      {rows.some(reached) ? (
        <Table
          caption={t.doorstep.all}
          columns={columns(props)}
          rows={rows}
          id={(s) => s.site_id}
          most={Math.max(5, rows.filter(reached).length)}
        />
      ) : (
        <p class="govuk-body">{t.doorstep.nowhere}</p>
      )}
    </>
  );
}

/** Whether a hub is reached in any way. */
function reached(s: Row): boolean {
  return s.transit_min !== null || Object.values(s.walk_min).some((m) => m !== null);
}

function sentence({ study, option, door }: Props): string {
  const nearest = door.nearest.find((n) => n.option_id === option.option_id);
  if (!nearest?.name) return t.doorstep.nothing(option.name);
  return t.doorstep.sentence({
    option: option.name,
    hub: nearest.name,
    minutes: minutes(nearest.walk_min),
    inside: nearest.inside,
    limit: String(study.thresholds.walk_min),
  });
}

function Nearest({ study, options, door }: Props): JSX.Element {
  const named = (id: string): string => options.find((o) => o.option_id === id)?.name ?? '';
  return (
    <Table
      caption={t.doorstep.nearest}
      rows={door.nearest}
      id={(n) => n.option_id}
      columns={[
        { key: 'option', head: t.doorstep.columns.option, cell: (n) => `${n.option_id}: ${named(n.option_id)}` },
        { key: 'hub', head: t.doorstep.columns.hub, cell: (n) => n.name ?? t.doorstep.none },
        {
          key: 'walk',
          head: t.doorstep.columns.walk,
          numeric: true,
          cell: (n) => (n.site_id === null ? '–' : walk(study, n.walk_min)),
        },
        { key: 'inside', head: t.doorstep.columns.inside, cell: (n) => <Inside is={n.inside} /> },
      ]}
    />
  );
}

function columns({ study, options, door }: Props): Column<Row>[] {
  const bus: Column<Row> = {
    key: 'bus',
    head: t.doorstep.bus,
    numeric: true,
    by: (s) => s.transit_min,
    cell: (s) => (door.transit_from === null ? unknown : walk(study, s.transit_min)),
  };
  return [
    { key: 'site', head: t.doorstep.site, by: (s) => s.name, cell: (s) => s.name },
    ...study.profiles.map((p): Column<Row> => ({
      key: p.name,
      head: t.profiles[p.name] ?? p.name,
      numeric: true,
      by: (s) => s.walk_min[p.name],
      cell: (s) => walk(study, s.walk_min[p.name]),
    })),
    ...(study.method.transit ? [bus] : []),
    { key: 'in', head: t.doorstep.columns.inside, by: (s) => Number(s.inside), cell: (s) => <Inside is={s.inside} /> },
    { key: 'open', head: t.doorstep.openIn, by: (s) => s.open_in.length, cell: (s) => openIn(s, options) },
  ];
}

function openIn(s: Row, options: Option[]): string {
  if (s.open_in.length === options.length) return t.doorstep.everyOption;
  return s.open_in.join(', ') || t.compare.none;
}

function walk(study: Study, m: number | null | undefined): string {
  return m == null ? t.doorstep.notFound(study.thresholds.longest_min) : minutes(m);
}

function Inside(props: { is: boolean }): JSX.Element {
  return (
    <span class={props.is ? 'better' : 'quiet'}>{props.is ? `✓ ${t.doorstep.inside}` : `✗ ${t.doorstep.outside}`}</span>
  );
}
