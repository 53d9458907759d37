// What the changes do: figures with their differences, districts, outreach.
import { computed, useSignal, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { withoutSite, type Change } from '../changes';
import { better, criteria, gap } from '../criteria';
import { difference, people, percent } from '../number';
import { Figures } from '../parts/figures';
import { Table, type Column } from '../parts/table';
import { t } from '../strings.en';
import type { DistrictTotal, TargetName } from '../types';
import type { Planner } from './plan-state';

/** The newest picture in numbers. */
export function Numbers({ planner }: { planner: Planner }): JSX.Element {
  return (
    <section aria-live="polite" aria-busy={planner.behind}>
      <List planner={planner} />
      <Said planner={planner} />
    </section>
  );
}

/** What a change does, in words. */
const inWords = (c: Change, site: string): string =>
  c.kind === 'status' ? t.plan.change.status(site, t.statuses[c.status] ?? c.status) : t.plan.change[c.kind](site);

/** The changes so far, each with a way to take it back. It says the same wherever a dragged site is, and is drawn once. */
function List({ planner }: { planner: Planner }): JSX.Element {
  const changes = useMemo(() => steadyWords(planner.changes), [planner]).value;
  const named = (id: string): string => planner.sites.value.find((s) => s.site_id === id)?.name ?? id;
  return (
    <>
      <h2>
        {t.plan.changes(changes.length)} <Behind planner={planner} />
      </h2>
      {changes.length > 0 && (
        <ul class="changes">
          {changes.map((c) => {
            const what = inWords(c, named(c.site));
            return (
              <li key={c.kind + c.site}>
                {what}{' '}
                <button
                  type="button"
                  class="link-button"
                  aria-label={t.plan.takeBack(what)}
                  onClick={() => planner.take(without(planner.changes.peek(), c))}
                >
                  ✕
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

/** The changes without one; a site that was added goes with all that was changed of it. */
function without(changes: readonly Change[], taken: Change): Change[] {
  if (taken.kind === 'add') return withoutSite(changes, taken.site);
  return changes.filter((c) => c.kind !== taken.kind || c.site !== taken.site);
}

/** The changes: the same list while they are said in the same words. */
function steadyWords(changes: ReadonlySignal<readonly Change[]>): ReadonlySignal<readonly Change[]> {
  const said = (all: readonly Change[]): string => JSON.stringify(all.map((c) => inWords(c, c.site)));
  let before: readonly Change[] = [];
  return computed(() => (before = said(before) === said(changes.value) ? before : changes.value));
}

/** Says that the figures are behind; the style shows it when they stay so (section[aria-busy]). */
function Behind({ planner }: { planner: Planner }): JSX.Element | null {
  return planner.picture.value && <span class="quiet behind">{t.plan.behind}</span>;
}

/** People as a what-if tells them: a few are not counted out. */
const some = (n: number | null | undefined): string => (n == null ? t.plan.few : people(n));

const headline = ['covered', 'inNeed', 'worst', 'score', 'open', 'cost'] as const;

/** What the newest picture says; drawn again when there is another one. */
function Said({ planner }: { planner: Planner }): JSX.Element | null {
  const picture = planner.picture.value;
  const all = useSignal(false); // the districts too
  if (!picture) return null;
  const { totals, before } = picture;
  const county = picture.losers_since.find((l) => l.dimension === 'county');
  const figures = criteria
    .filter((c) => headline.some((key) => key === c.key))
    .map((c) => {
      const by = gap(c, before, totals);
      return {
        name: t.figures[c.key],
        value: c.show(c.of(totals)),
        difference: by === null ? undefined : { text: difference(by, c.apart), better: better(c, by) },
        note: c.key === 'score' && totals.annual_cost_gbp === null ? t.plan.uncosted : undefined,
      };
    });
  return (
    <div data-covered={totals.covered_0_19} data-need={totals.covered_in_need} data-score={totals.score} class="said">
      <Figures figures={figures} />
      <p class="govuk-body" id="summary">
        {t.plan.sentence(before.name, some(county?.gained), some(county?.lost))}
      </p>
      {picture.notes.map((note) => (
        <p class="note" key={note}>
          {note}
        </p>
      ))}
      <Targets heading={t.plan.added} targets={picture.outreach.added} />
      <Targets heading={t.plan.removed} targets={picture.outreach.removed} />
      <details class="govuk-details" onToggle={(e) => (all.value = e.currentTarget.open)}>
        <summary class="govuk-details__summary">
          <span class="govuk-details__summary-text">{t.plan.districts}</span>
        </summary>
        {all.value && (
          <Table
            caption={t.plan.districts}
            hideCaption
            columns={districtColumns}
            rows={picture.districts}
            id={(d) => d.district_code}
          />
        )}
      </details>
    </div>
  );
}

function Targets(props: { heading: string; targets: TargetName[] }): JSX.Element | null {
  if (props.targets.length === 0) return null;
  return (
    <>
      <h3>
        {props.heading} ({props.targets.length})
      </h3>
      <ul class="changes">
        {props.targets.map((target) => (
          <li key={target.target_id}>
            {t.categories[target.category] ?? target.category}: {target.place},{' '}
            {t.plan.inNeed(people(target.in_need_0_19))}
          </li>
        ))}
      </ul>
    </>
  );
}

const districtColumns: Column<DistrictTotal>[] = [
  { key: 'name', head: t.district, by: (d) => d.district_name, cell: (d) => d.district_name },
  { key: 'open', head: t.overview.columns.open, numeric: true, by: (d) => d.open_sites, cell: (d) => d.open_sites },
  {
    key: 'covered',
    head: t.overview.columns.covered,
    numeric: true,
    by: (d) => d.covered_share_0_19,
    cell: (d) => percent(d.covered_share_0_19),
  },
  {
    key: 'need',
    head: t.overview.columns.inNeed,
    numeric: true,
    by: (d) => d.covered_in_need,
    cell: (d) => people(d.covered_in_need),
  },
  {
    key: 'youth',
    head: t.criteria['youth_space'] ?? '',
    by: (d) => Number(d.youth_space),
    cell: (d) => (d.youth_space ? t.area.yes : t.area.no),
  },
];
