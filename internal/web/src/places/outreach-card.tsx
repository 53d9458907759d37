// One target area: why it is one, who lives there, where to meet.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { districtName } from '../chosen';
import { get } from '../client';
import { useLoad } from '../load';
import { minutes, people, percent } from '../number';
import { Steps } from '../parts/area-card';
import { Swatch } from '../parts/legend';
import { Shown } from '../parts/state';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { Area, AreaDetail, Option, Study, TargetDetail, Venue } from '../types';
import { classOfCategory } from './outreach-list';
import { TargetFacts } from './outreach-sheets';

type Props = {
  study: Study;
  option: Option;
  target: TargetDetail;
  areas: Area[];
  /** Whether its heading takes the focus: it stands above the list in which it was chosen. */
  focus: boolean;
  close: () => void;
};

/** The chosen target. */
export function TargetCard(props: Props): JSX.Element {
  const { study, option, target, focus } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focus) heading.current?.focus();
  }, [target.target_id, focus]);
  const nameOf = (code: string): string => props.areas.find((a) => a.area_code === code)?.area_name ?? code;
  return (
    <section class="card picked no-print" aria-live="polite">
      <h2 ref={heading} tabIndex={-1}>
        {target.place}
      </h2>
      <p class="govuk-body label">
        <Swatch theme="outreach" index={classOfCategory(target.category)} />
        <span>
          <strong>{t.categories[target.category] ?? target.category}</strong>,{' '}
          {districtName(study, target.district_code)}. {t.frequencies[target.frequency]}
        </span>
      </p>
      <h3>{t.outreach.why}</h3>
      <p class="govuk-body">{target.reason}</p>
      {target.near_threshold && (
        <p class="note">
          {t.outreach.near}: {target.near_threshold}
        </p>
      )}
      <TargetFacts study={study} target={target} />
      <Ages target={target} />
      <Venues
        caption={t.outreach.venues}
        venues={target.venues}
        none={target.category === 'detached_youth' ? t.outreach.streetsText : t.outreach.noVenue}
      />
      {target.youth_places.length > 0 && (
        <Venues caption={t.outreach.youthPlaces} venues={target.youth_places} none="" />
      )}
      <Hubs study={study} target={target} />
      <h3>{t.outreach.areas}</h3>
      {target.area_codes.map((code) => (
        <Rules key={code} code={code} name={nameOf(code)} option={option.option_id} />
      ))}
      <button type="button" class="link-button" onClick={props.close}>
        {t.outreach.clear}
      </button>
    </section>
  );
}

function Ages({ target }: { target: TargetDetail }): JSX.Element {
  const most = Math.max(1, ...target.ages.map((a) => a.people ?? 0));
  return (
    <Table
      caption={t.outreach.ages}
      rows={target.ages}
      id={(a) => a.band}
      columns={[
        { key: 'band', head: t.dimensions['age'] ?? '', cell: (a) => a.band.replace('-', '–') },
        {
          key: 'people',
          head: t.outreach.columns.peopleOut,
          numeric: true,
          cell: (a) => (
            <>
              {people(a.people)}
              <span class="share" aria-hidden="true">
                <span class="share-bar" style={{ width: `${(100 * (a.people ?? 0)) / most}%` }} />
              </span>
            </>
          ),
        },
      ]}
    />
  );
}

function Venues(props: { caption: string; venues: Venue[]; none: string }): JSX.Element {
  if (props.venues.length === 0) return <p class="govuk-body">{props.none}</p>;
  return (
    <Table
      caption={props.caption}
      rows={props.venues}
      id={(v) => v.venue_id}
      columns={[
        { key: 'name', head: t.outreach.columns.venue, cell: (v) => v.name },
        { key: 'people', head: t.outreach.canWalk, numeric: true, cell: (v) => people(v.people) },
        { key: 'share', head: t.outreach.share, numeric: true, cell: (v) => percent(v.reach_share) },
      ]}
    />
  );
}

function Hubs({ study, target }: { study: Study; target: TargetDetail }): JSX.Element {
  const none = t.doorstep.notFound(study.thresholds.longest_min);
  const bus: Column<TargetDetail['hubs'][number]> = {
    key: 'bus',
    head: t.doorstep.bus,
    numeric: true,
    cell: (h) => (h.transit_min == null ? none : minutes(h.transit_min)),
  };
  return (
    <Table
      caption={t.outreach.hubs}
      rows={target.hubs}
      id={(h) => h.site_id}
      columns={[
        { key: 'name', head: t.doorstep.site, cell: (h) => h.name },
        {
          key: 'walk',
          head: t.outreach.columns.walk,
          numeric: true,
          cell: (h) => (h.walk_min == null ? none : minutes(h.walk_min)),
        },
        ...(study.method.transit ? [bus] : []),
      ]}
    />
  );
}

/** An area of a target; what the rules asked of it is fetched when somebody opens it. */
function Rules(props: { code: string; name: string; option: string }): JSX.Element {
  const open = useSignal(false);
  const load = useLoad(() => {
    if (!open.value) return null;
    return (signal) => get<AreaDetail>(`/areas/${encodeURIComponent(props.code)}`, signal);
  });
  return (
    <details class="govuk-details rules" onToggle={(e) => (open.value = e.currentTarget.open)}>
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{t.outreach.rules(props.name)}</span>
      </summary>
      {open.value && (
        <Shown load={load} what={props.name}>
          {(area) => <Steps steps={area.options.find((o) => o.option_id === props.option)?.trace ?? []} />}
        </Shown>
      )}
    </details>
  );
}
