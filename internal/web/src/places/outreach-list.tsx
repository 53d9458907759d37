// The list of target areas, its filters and its downloads.
import type { JSX } from 'preact';
import { download } from '../client';
import { people } from '../number';
import { Download } from '../parts/download';
import { Swatch } from '../parts/legend';
import { Select } from '../parts/select';
import { Table, type Column } from '../parts/table';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Option, Study, Target } from '../types';
import { classes } from '../classes';
import type { Mission } from './outreach';
import { meet, Sheets, walk } from './outreach-sheets';
import { Staff } from './outreach-staff';

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
  const { district, category, frequency } = view.value ?? {};
  const filters = { option: option.option_id, district, category, frequency, limit: 10000 };
  return (
    <>
      <p class="govuk-body" id="summary">
        {sentence(targets, mission.targets)}
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
      <Staff staff={mission.staff} />
      <Sheets study={study} option={option} targets={targets} />
    </>
  );
}

/** What the filters keep of all target areas, in words. */
function sentence(targets: readonly Target[], all: readonly Target[]): string {
  if (all.length === 0) return t.outreach.nowhere;
  if (targets.length === 0) return t.outreach.filteredOut;
  const sum = (of: (x: Target) => number | null): string => people(targets.reduce((s, x) => s + (of(x) ?? 0), 0));
  return t.outreach.sentence({
    n: targets.length,
    people: sum((x) => x.people_0_19),
    inNeed: sum((x) => x.in_need_0_19),
    sessions: sum((x) => x.sessions_per_year),
  });
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
