// The best swap from here, and how far the plan is from the best possible.
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { isOpen, withChange, type Change, type Status } from '../changes';
import { runJob, type Progress } from '../jobs';
import { people, percent } from '../number';
import { Trouble } from '../parts/state';
import { JobBar, Stop, useTask } from '../parts/task';
import { Token } from '../parts/token';
import { t } from '../strings.en';
import { bestSwap, type Swap } from '../swap';
import type { Option } from '../types';
import { whatIf, type Planned, type Planner } from './plan-state';

type Props = { planner: Planner; option: Option };

/** Both helps. */
export function Best(props: Props): JSX.Element {
  return (
    <>
      <BestSwap {...props} />
      <Optimum {...props} />
    </>
  );
}

function opened(site: Planned): Status {
  return site.added ? 'new' : 'hub';
}

function withSwap(
  changes: readonly Change[],
  sites: readonly Planned[],
  swap: { closes: string | null; opens: string },
): Change[] {
  const site = sites.find((s) => s.site_id === swap.opens);
  const next = withChange(changes, { kind: 'status', site: swap.opens, status: site ? opened(site) : 'hub' });
  return swap.closes ? withChange(next, { kind: 'status', site: swap.closes, status: 'closed' }) : next;
}

function BestSwap({ planner, option }: Props): JSX.Element {
  const task = useTask<Swap | null>();
  const done = useSignal(0);
  const named = (id: string): string => planner.sites.value.find((s) => s.site_id === id)?.name ?? id;
  const search = (stop: AbortSignal): Promise<Swap | null> => {
    const changes = planner.changes.peek();
    const sites = planner.sites.peek();
    const candidates = sites.map((s) => ({ site: s.site_id, open: isOpen(s.status), only: s.only_here_in_need ?? 0 }));
    const now = planner.picture.peek()?.totals.covered_in_need ?? 0;
    const ask = async (swap: { closes: string | null; opens: string }): Promise<number> =>
      (await whatIf(option.option_id, withSwap(changes, sites, swap), stop)).totals.covered_in_need ?? 0;
    return bestSwap(candidates, now, ask, (n) => (done.value = n), stop);
  };
  const found = task.result.value?.value;
  return (
    <section>
      <h2>{t.plan.swap}</h2>
      <p class="govuk-body">{t.plan.swapText}</p>
      <div class="buttons">
        {task.running.value ? (
          <Stop stop={task.running.value} />
        ) : (
          <button
            type="button"
            class="govuk-button govuk-button--secondary"
            disabled={!planner.picture.value}
            onClick={() => task.run(search)}
          >
            {t.plan.swap}
          </button>
        )}
      </div>
      <div role="status">
        {task.running.value && <p class="govuk-body">{t.plan.swapping(done.value)}</p>}
        {task.result.value && !found && <p class="govuk-body">{t.plan.swapNone}</p>}
        {found && (
          <p class="govuk-body">{t.plan.swapFound(named(found.closes), named(found.opens), people(found.more))}</p>
        )}
      </div>
      {found && (
        <div class="buttons">
          <button
            type="button"
            class="govuk-button"
            onClick={() => {
              planner.take(withSwap(planner.changes.peek(), planner.sites.peek(), found));
              task.result.value = null;
            }}
          >
            {t.plan.swapUse}
          </button>
        </div>
      )}
      {task.problem.value && <Trouble problem={task.problem.value} what={t.plan.swap} />}
    </section>
  );
}

/** What the service says of the best set. */
type Optimal = {
  answer: { tier: string; value: number; bound: number };
  sites: { site_id: string; chosen: boolean }[];
};

function Optimum({ planner }: Props): JSX.Element {
  const task = useTask<Optimal>();
  const progress = useSignal<Progress>({ stage: '', share: null });
  const open = planner.sites.value.filter((s) => isOpen(s.status) && !s.added).length;
  const search = (stop: AbortSignal): Promise<Optimal> =>
    runJob<Optimal>('optimise', { keep: open, tier: 'proven' }, (p) => (progress.value = p), stop);
  const best = task.result.value?.value;
  const covered = planner.picture.value?.totals.covered_in_need ?? 0;
  return (
    <section>
      <h2>{t.plan.optimum}</h2>
      <p class="govuk-body">{t.plan.optimumText(open)}</p>
      <Token />
      <div class="buttons">
        {task.running.value ? (
          <Stop stop={task.running.value} />
        ) : (
          <button type="button" class="govuk-button govuk-button--secondary" onClick={() => task.run(search)}>
            {t.plan.optimumRun}
          </button>
        )}
      </div>
      <div role="status">
        {task.running.value && <JobBar progress={progress.value} />}
        {best && (
          <p class="govuk-body">
            {t.plan.gap(percent(covered / best.answer.value), people(covered), people(best.answer.value))}{' '}
            {best.answer.tier === 'proven' ? t.plan.proven : t.plan.bound(people(best.answer.bound))}
          </p>
        )}
      </div>
      {best && (
        <div class="buttons">
          <button type="button" class="govuk-button" onClick={() => planner.take(towards(planner, best))}>
            {t.plan.useBest}
          </button>
        </div>
      )}
      {task.problem.value && <Trouble problem={task.problem.value} what={t.plan.optimum} />}
    </section>
  );
}

/** The changes that make the open sites those of the best set. */
function towards(planner: Planner, best: Optimal): Change[] {
  const chosen = new Set(best.sites.filter((s) => s.chosen).map((s) => s.site_id));
  return planner.sites.peek().reduce<Change[]>(
    (changes, s) => {
      if (isOpen(s.status) === chosen.has(s.site_id)) return changes;
      if (s.added) return changes.filter((c) => c.site !== s.site_id);
      return withChange(changes, { kind: 'status', site: s.site_id, status: chosen.has(s.site_id) ? 'hub' : 'closed' });
    },
    [...planner.changes.peek()],
  );
}
