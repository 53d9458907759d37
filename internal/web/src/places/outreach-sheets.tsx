// A target area in figures, and as a sheet of paper.
import type { JSX } from 'preact';
import { districtName } from '../chosen';
import { minutes, people } from '../number';
import { Facts, type Fact } from '../parts/facts';
import { view } from '../place';
import { t } from '../strings.en';
import type { Option, Study, Target } from '../types';

/** Where a target is met, in few words. */
export function meet(x: Target): string {
  if (x.category === 'detached_youth') return t.outreach.onStreets;
  return x.venue_name ?? t.outreach.noneInReach;
}

/** The walk to the nearest hub; beyond the longest that is looked for, that. */
export function walk(study: Study, x: Target): string {
  return x.walk_min === null ? t.doorstep.notFound(study.thresholds.longest_min) : minutes(x.walk_min);
}

/** A sheet of paper for each target that the filters keep; seen in print alone. */
export function Sheets(props: { study: Study; option: Option; targets: Target[] }): JSX.Element {
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
