// The table that says what the map of areas says.
import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { classIn, districtName, theme } from '../chosen';
import { download } from '../client';
import { minutes, people, percent } from '../number';
import { go, view } from '../place';
import { t } from '../strings.en';
import type { Area, Option, Study } from '../types';
import { Swatch } from './legend';
import { Table, type Column } from './table';

type Props = {
  study: Study;
  option: Option;
  /** A signal is followed while the table is open, and costs nothing while it is folded away. */
  areas: readonly Area[] | ReadonlySignal<readonly Area[]>;
  /** The areas are those of a plan that nobody has saved: the service has no file of them. */
  planned?: boolean;
};

/** Every area under an option, folded away, and not drawn at all, until it is asked for. */
export function AreaTable(props: Props): JSX.Element {
  const open = useSignal(false);
  return (
    <details class="govuk-details" onToggle={(e) => (open.value = e.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.areas.heading}</span>
      </summary>
      {open.value && <Areas {...props} />}
    </details>
  );
}

function Areas({ study, option, areas, planned }: Props): JSX.Element {
  return (
    <>
      <Table
        caption={planned ? t.areas.planned(option.name) : t.areas.caption(option.name)}
        columns={columns(study)}
        rows={'peek' in areas ? areas.value : areas}
        id={(a) => a.area_code}
        picked={view.value?.area ?? null}
      />
      {!planned && <Files option={option} />}
    </>
  );
}

/** The same rows as files. */
function Files({ option }: { option: Option }): JSX.Element {
  return (
    <p class="govuk-body">
      <a href={download('/areas', { option: option.option_id, format: 'csv', limit: 10000 })} download="areas.csv">
        {t.areas.csv}
      </a>{' '}
      ·{' '}
      <a
        href={download('/areas', { option: option.option_id, format: 'geojson', limit: 10000 })}
        download="areas.geojson"
      >
        {t.areas.geojson}
      </a>
    </p>
  );
}

function columns(study: Study): Column<Area>[] {
  const named = theme.value;
  return [
    {
      key: 'name',
      head: t.areas.name,
      by: (a) => a.area_name,
      cell: (a) => (
        <button type="button" class="link-button" onClick={() => go({ area: a.area_code }, 'replace')}>
          {a.area_name}
        </button>
      ),
    },
    {
      key: 'district',
      head: t.areas.district,
      by: (a) => districtName(study, a.district_code),
      cell: (a) => districtName(study, a.district_code),
    },
    {
      key: 'class',
      head: t.areas.klass,
      by: (a) => classIn(named, a),
      cell: (a) => (
        <span class="label">
          <Swatch theme={named} index={classIn(named, a)} />
          {t.classes[named][classIn(named, a)] ?? ''}
        </span>
      ),
    },
    {
      key: 'people',
      head: t.areas.people,
      numeric: true,
      by: (a) => a.population_0_19,
      cell: (a) => people(a.population_0_19),
    },
    {
      key: 'need',
      head: t.areas.inNeed,
      numeric: true,
      by: (a) => a.in_need_0_19,
      cell: (a) => people(a.in_need_0_19),
    },
    {
      key: 'covered',
      head: t.areas.covered,
      numeric: true,
      by: (a) => a.covered_share,
      cell: (a) => percent(a.covered_share),
    },
    {
      key: 'walk',
      head: t.areas.walk,
      numeric: true,
      by: (a) => a.walk_min,
      cell: (a) => (a.walk_min === null ? t.doorstep.notFound(study.thresholds.longest_min) : minutes(a.walk_min)),
    },
  ];
}
