// Tasks of some seconds: how far they are, and how to stop them.
import { useSignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Problem } from '../client';
import type { Progress } from '../jobs';
import { asProblem } from '../load';
import { t } from '../strings.en';

/** A task of some seconds that can be stopped. */
export function useTask<T>(): {
  result: Signal<{ value: T } | null>;
  problem: Signal<Problem | null>;
  running: Signal<AbortController | null>;
  run: (f: (stop: AbortSignal) => Promise<T>) => void;
} {
  const result = useSignal<{ value: T } | null>(null);
  const problem = useSignal<Problem | null>(null);
  const running = useSignal<AbortController | null>(null);
  const run = (f: (stop: AbortSignal) => Promise<T>): void => {
    const stop = new AbortController();
    running.value = stop;
    result.value = problem.value = null;
    void f(stop.signal)
      .then((value) => void (result.value = { value }))
      .catch((error: unknown) => void (problem.value = stop.signal.aborted ? null : asProblem(error)))
      .finally(() => void (running.value = null));
  };
  return { result, problem, running, run };
}

/** A button that stops a task. */
export function Stop(props: { stop: AbortController }): JSX.Element {
  return (
    <button type="button" class="govuk-button govuk-button--warning" onClick={() => props.stop.abort()}>
      {t.plan.cancel}
    </button>
  );
}

/** How far a job is. */
export function JobBar(props: { progress: Progress }): JSX.Element {
  const { stage, share } = props.progress;
  return (
    <p class="govuk-body">
      <progress aria-label={stage || t.state.working} {...(share === null ? {} : { value: share, max: 1 })} />
      {stage}
    </p>
  );
}
