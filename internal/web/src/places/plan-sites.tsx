// The buildings of a plan in a table: what a mouse does on the map, a keyboard
// does here.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { statuses, type Status } from '../changes';
import { signOf } from '../chosen';
import { people } from '../number';
import { SignMark } from '../parts/legend';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { Planned, Planner } from './plan-state';

/** Every building, with what happens to it. */
export function SiteTable({ planner }: { planner: Planner }): JSX.Element {
  const open = useSignal(false);
  return (
    <details class="govuk-details" open={open.value} onToggle={(e) => (open.value = e.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">
          {t.plan.sites} ({planner.sites.value.length})
        </span>
      </summary>
      {open.value && (
        <Table
          caption={t.plan.sites}
          hideCaption
          columns={columns(planner)}
          rows={planner.sites.value}
          id={(s) => s.site_id}
          most={200}
        />
      )}
    </details>
  );
}

function columns(planner: Planner): Column<Planned>[] {
  return [
    {
      key: 'name',
      head: t.plan.site,
      by: (s) => s.name,
      cell: (s) => (
        <span class="label">
          <SignMark sign={signOf(s)} />
          {s.name}
          {s.hub_required && <span class="quiet"> ({t.plan.required})</span>}
        </span>
      ),
    },
    {
      key: 'status',
      head: t.plan.status,
      by: (s) => s.status,
      cell: (s) => <StatusSelect site={s} planner={planner} />,
    },
    {
      key: 'reached',
      head: t.plan.reached,
      numeric: true,
      by: (s) => s.reached_0_19,
      cell: (s) => people(s.reached_0_19),
    },
    {
      key: 'only',
      head: t.plan.only,
      numeric: true,
      by: (s) => s.only_here_in_need,
      cell: (s) => people(s.only_here_in_need),
    },
    { key: 'move', head: t.plan.move, cell: (s) => <Nudge site={s} planner={planner} /> },
  ];
}

function StatusSelect({ site, planner }: { site: Planned; planner: Planner }): JSX.Element {
  return (
    <select
      class="govuk-select small"
      aria-label={`${site.name}: ${t.plan.status}`}
      value={site.status}
      disabled={site.added}
      onChange={(e) => {
        const to: Status | undefined = statuses.find((s) => s === e.currentTarget.value);
        if (to) planner.set(site.site_id, to);
      }}
    >
      {statuses.map((s) => (
        <option key={s} value={s} selected={s === site.status}>
          {t.statuses[s]}
        </option>
      ))}
    </select>
  );
}

/** Degrees of latitude in a hundred metres; of longitude, divided by the cosine of the latitude. */
const step = 100 / 111_320;

const ways = [
  { way: 'north', sign: '↑', east: 0, north: 1 },
  { way: 'south', sign: '↓', east: 0, north: -1 },
  { way: 'west', sign: '←', east: -1, north: 0 },
  { way: 'east', sign: '→', east: 1, north: 0 },
] as const;

function Nudge({ site, planner }: { site: Planned; planner: Planner }): JSX.Element {
  return (
    <span class="nudge">
      {ways.map(({ way, sign, east, north }) => (
        <button
          key={way}
          type="button"
          aria-label={t.plan.moveBy(site.name, t.plan.ways[way])}
          onClick={() => {
            const lon = site.lon + (east * step) / Math.cos((site.lat * Math.PI) / 180);
            planner.move(site.site_id, [lon, site.lat + north * step], true);
          }}
        >
          {sign}
        </button>
      ))}
    </span>
  );
}
