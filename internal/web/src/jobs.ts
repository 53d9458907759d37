// Work that takes longer than an answer may: asked for, followed, stopped.
import { signal } from '@preact/signals';
import { ask, get, Problem } from './client';

type Job = {
  job_id: number;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  stage: string | null;
  progress: number | null;
  error: string | null;
};

/** How far a job is. */
export type Progress = { stage: string; share: number | null };

/** The token of this tab. It is kept until the tab is closed, and sent nowhere but to the service. */
export const token = signal(window.sessionStorage.getItem('token') ?? '');

token.subscribe((value) => window.sessionStorage.setItem('token', value));

/** Milliseconds between two questions about a job. */
const patience = 400;

/** Runs a job, as finishJob does, and returns what it made. */
export async function runJob<T>(kind: string, body: unknown, on: (p: Progress) => void, stop: AbortSignal): Promise<T> {
  return get<T>(await finishJob(kind, body, on, stop));
}

/**
 * Runs a job and returns the path of its result. When `stop` is aborted the job
 * is asked to stop, and the promise is rejected with stop's reason. Asking for
 * the job is not given up half-way: a job whose id nobody read could not be stopped.
 */
export async function finishJob(
  kind: string,
  body: unknown,
  on: (p: Progress) => void,
  stop: AbortSignal,
): Promise<string> {
  const begun = await ask<Job>(`/${kind}`, { method: 'POST', body, token: token.peek() });
  const path = `/jobs/${begun.value.job_id}`;
  let job = begun.value;
  while (job.state === 'waiting' || job.state === 'running') {
    on({ stage: job.stage ?? '', share: job.progress });
    await pause(stop);
    if (stop.aborted) {
      await ask(path, { method: 'DELETE', token: token.peek() });
      throw stop.reason;
    }
    job = await get<Job>(path);
  }
  if (job.state !== 'done') throw new Problem(job.error ?? job.state, 0);
  return `${path}/result`;
}

function pause(stop: AbortSignal): Promise<void> {
  return new Promise((go) => {
    const timer = setTimeout(go, patience);
    stop.addEventListener('abort', () => (clearTimeout(timer), go()), { once: true });
  });
}
