// The list of target areas, its filters, downloads and the districts' sessions.
import type { JSX } from 'preact';
import { districtName } from '../chosen';
import { download } from '../client';
import { minutes, people } from '../number';
import { Download } from '../parts/download';
import { Facts, type Fact } from '../parts/facts';
import { Figures } from '../parts/figures';
import { Swatch } from '../parts/legend';
import { Select } from '../parts/select';
import { Table, type Column } from '../parts/table';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { DistrictStaff, Option, Study, Target } from '../types';
import { classes } from '../classes';
import type { Mission } from './outreach';

const categories = ['edge_of_town', 'whole_town', 'rural', 'detached_youth'] as const;
const frequencies = ['weekly', 'monthly', 'termly', 'unmet'] as const;

/** Whether the filters of the address keep a target. */
export function kept(target: Target): boolean {
  const { district, category, frequency } = view.value ?? {};
  return (
    (!district || target.district_code === district) &&
    (!category || target.category === category) &&
    (!frequency || target.frequency === frequency)
  );
}

/** Filters by district, category and frequency. */
export function Filters(props: { study: Study }): JSX.Element {
  const { district = '', category = '', frequency = '' } = view.value ?? {};
  const any = (text: string): { value: string; text: string } => ({ value: '', text });
  return (
    <>
      <Select
        label={t.district}
        value={district}
        options={[
          any(t.allDistricts),
          ...props.study.county.districts.map((d) => ({ value: d.district_code, text: d.name })),
        ]}
        change={(v) => go({ district: v || undefined, target: undefined })}
      />
      <Select
        label={t.outreach.category}
        value={category}
        options={[
          any(t.outreach.allCategories),
          ...categories.map((c) => ({ value: c as string, text: t.categories[c] ?? c })),
        ]}
        change={(v) => go({ category: v || undefined, target: undefined })}
      />
      <Select
        label={t.outreach.frequency}
        value={frequency}
        options={[
          any(t.outreach.allFrequencies),
          ...frequencies.map((f) => ({ value: f as string, text: t.frequencies[f] ?? f })),
        ]}
        change={(v) => go({ frequency: v || undefined, target: undefined })}
      />
    </>
  );
}

type FindingsProps = { study: Study; option: Option; mission: Mission; choose: (target: string) => void };

/** What the filters keep, in numbers, a sentence and a table; then the sessions. */
export function Findings(props: FindingsProps): JSX.Element {
  const { study, option, mission, choose } = props;
  const targets = mission.targets.filter(kept);
  const sum = (of: (x: Target) => number | null): string => people(targets.reduce((all, x) => all + (of(x) ?? 0), 0));
  const { district, category, frequency } = view.value ?? {};
  const filters = { option: option.option_id, district, category, frequency, limit: 10000 };
  return (
    <>
      <p class="govuk-body" id="summary">
        {targets.length > 0
          ? t.outreach.sentence({
              n: targets.length,
              people: sum((x) => x.people_0_19),
              inNeed: sum((x) => x.in_need_0_19),
              sessions: sum((x) => x.sessions_per_year),
            })
          : mission.targets.length > 0
            ? t.outreach.filteredOut
            : t.outreach.nowhere}
      </p>
      {targets.length < mission.targets.length && (
        <button
          type="button"
          class="link-button no-print"
          onClick={() => go({ district: undefined, category: undefined, frequency: undefined })}
        >
          {t.outreach.unfilter}
        </button>
      )}
      <Table
        caption={t.outreach.list}
        columns={columns(study, choose)}
        rows={targets}
        id={(x) => x.target_id}
        picked={view.value?.target ?? null}
        most={40}
      />
      <h2 class="no-print">{t.outreach.downloads}</h2>
      <div class="buttons">
        <Download
          path={download('/outreach', { ...filters, format: 'csv' }).replace('/api/v1', '')}
          name={`outreach_${option.option_id}.csv`}
        >
          {t.outreach.csv}
        </Download>
        <Download path="/outreach.xlsx" name="outreach.xlsx">
          {t.outreach.xlsx}
        </Download>
        <Download
          path={download('/outreach', { ...filters, format: 'geojson' }).replace('/api/v1', '')}
          name={`outreach_${option.option_id}.geojson`}
        >
          {t.outreach.geojson}
        </Download>
        <button
          type="button"
          class="govuk-button govuk-button--secondary"
          disabled={targets.length === 0}
          onClick={() => window.print()}
        >
          {t.outreach.print}
        </button>
      </div>
      <Staff study={study} mission={mission} />
      <Sheets study={study} option={option} targets={targets} />
    </>
  );
}

/** The number of the class of a category. */
export function classOfCategory(category: string): number {
  return classes.outreach.findIndex((c) => c.name === category);
}

/** The id of the button that the list has for a target. */
export function placeId(target: string): string {
  return `place-${target}`;
}

const columns = (study: Study, choose: (target: string) => void): Column<Target>[] => [
  {
    key: 'place',
    head: t.outreach.columns.place,
    by: (x) => x.place,
    cell: (x) => (
      <button type="button" class="link-button" id={placeId(x.target_id)} onClick={() => choose(x.target_id)}>
        {x.place}
      </button>
    ),
  },
  {
    key: 'category',
    head: t.outreach.columns.category,
    by: (x) => x.category,
    cell: (x) => (
      <span class="label">
        <Swatch theme="outreach" index={classOfCategory(x.category)} />
        {t.categories[x.category] ?? x.category}
      </span>
    ),
  },
  {
    key: 'need',
    head: t.outreach.columns.inNeed,
    numeric: true,
    by: (x) => x.in_need_0_19,
    cell: (x) => people(x.in_need_0_19),
  },
  {
    key: 'people',
    head: t.outreach.columns.people,
    numeric: true,
    by: (x) => x.people_0_19,
    cell: (x) => people(x.people_0_19),
  },
  {
    key: 'frequency',
    head: t.outreach.columns.frequency,
    by: (x) => -(x.sessions_per_year ?? 0),
    cell: (x) => t.frequencies[x.frequency] ?? x.frequency,
  },
  { key: 'venue', head: t.outreach.columns.venue, by: (x) => x.venue_name, cell: (x) => meet(x) },
  {
    key: 'walk',
    head: t.outreach.columns.walk,
    numeric: true,
    by: (x) => x.walk_min,
    cell: (x) => walk(study, x),
  },
];

/** Where a target is met, in few words. */
function meet(x: Target): string {
  if (x.category === 'detached_youth') return t.outreach.onStreets;
  return x.venue_name ?? t.outreach.noneInReach;
}

/** The walk to the nearest hub; beyond the longest that is looked for, that. */
function walk(study: Study, x: Target): string {
  return x.walk_min === null ? t.doorstep.notFound(study.thresholds.longest_min) : minutes(x.walk_min);
}

function Staff(props: { study: Study; mission: Mission }): JSX.Element {
  const sessions = (n: number | null): string => (n == null ? t.outreach.notStated : people(n));
  const names = t.outreach.staffColumns;
  const staff: Column<DistrictStaff>[] = [
    { key: 'district', head: names.district, by: (d) => d.district_name, cell: (d) => d.district_name },
    {
      key: 'staffed',
      head: names.staffed,
      numeric: true,
      by: (d) => d.staffed_sessions,
      cell: (d) => sessions(d.staffed_sessions),
    },
    {
      key: 'planned',
      head: names.planned,
      numeric: true,
      by: (d) => d.planned_sessions,
      cell: (d) => sessions(d.planned_sessions),
    },
    {
      key: 'wanted',
      head: names.wanted,
      numeric: true,
      by: (d) => d.wanted_sessions,
      cell: (d) => sessions(d.wanted_sessions),
    },
    {
      key: 'unmet',
      head: names.unmet,
      numeric: true,
      by: (d) => d.in_need_0_19.unmet,
      cell: (d) => people(d.in_need_0_19.unmet),
    },
  ];
  const { in_need_0_19: county, districts } = props.mission.staff;
  return (
    <section class="no-print">
      <h2>{t.outreach.staff}</h2>
      <Figures
        figures={[
          { name: t.outreach.shared.outside, value: people(county.outside) },
          { name: t.outreach.shared.planned, value: people(county.planned) },
          { name: t.outreach.shared.unmet, value: people(county.unmet) },
          { name: t.outreach.shared.below, value: people(county.below) },
        ]}
      />
      <Table caption={t.outreach.staffCaption} columns={staff} rows={districts} id={(d) => d.district_code} />
    </section>
  );
}

/** A sheet of paper for each target that the filters keep; seen in print alone. */
function Sheets(props: { study: Study; option: Option; targets: Target[] }): JSX.Element {
  const chosen = view.value?.target;
  const targets = chosen ? props.targets.filter((x) => x.target_id === chosen) : props.targets;
  const county = props.study.title ?? props.study.name;
  return (
    <div class="only-print">
      {targets.map((x) => (
        <article class="sheet" key={x.target_id}>
          <h1>{t.outreach.sheet(x.place)}</h1>
          <p>{t.outreach.sheetFor(`${x.option_id}: ${props.option.name}`, county)}</p>
          <p>
            <strong>{t.categories[x.category] ?? x.category}</strong>, {districtName(props.study, x.district_code)}.{' '}
            {t.frequencies[x.frequency]}: {x.mode}.
          </p>
          <p>{x.reason}</p>
          <TargetFacts study={props.study} target={x} />
          {x.near_threshold && (
            <p>
              {t.outreach.near}: {x.near_threshold}
            </p>
          )}
        </article>
      ))}
    </div>
  );
}

/** The figures of a target. */
export function TargetFacts({ study, target: x }: { study: Study; target: Target }): JSX.Element {
  const facts: Fact[] = [
    [t.outreach.columns.inNeed, people(x.in_need_0_19)],
    [t.outreach.columns.people, people(x.people_0_19)],
    [t.outreach.youth, people(x.youth_10_19)],
    [t.outreach.hub, x.nearest_site_name ?? t.doorstep.none],
    [t.outreach.columns.walk, walk(study, x)],
    [t.outreach.columns.venue, x.category === 'detached_youth' ? meet(x) : (x.venue_name ?? t.outreach.noVenue)],
    [t.outreach.sessions, people(x.sessions_per_year)],
    [t.outreach.mode, x.mode],
  ];
  return <Facts facts={facts} />;
}
