// What a page waits for: on its way, here, or not to be had.
import { signal, untracked, useSignal, useSignalEffect, type ReadonlySignal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { Problem } from './client';

/** The state of something asked for. The last value stays while a new one comes. */
export type Loaded<T> = { value: T | null; waiting: boolean; problem: Problem | null };

/** Something asked for, and how to ask again. */
export type Load<T> = { state: ReadonlySignal<Loaded<T>>; again: () => void };

/** How many requests are under way on the page. */
export const underWay: Signal<number> = signal(0);

/**
 * Asks whenever what `question` reads changes; null asks nothing. An answer that
 * a later question overtook is dropped, and its request ended.
 */
export function useLoad<T>(question: () => ((signal: AbortSignal) => Promise<T>) | null): Load<T> {
  const state = useSignal<Loaded<T>>({ value: null, waiting: true, problem: null });
  const round = useSignal(0);
  useSignalEffect(() => {
    void round.value;
    const asks = question();
    const before = state.peek();
    if (!asks) {
      state.value = { value: null, waiting: false, problem: null };
      return undefined;
    }
    state.value = { ...before, waiting: true, problem: null };
    const stop = new AbortController();
    void untracked(() => answerTo(asks, stop, state, before.value));
    return () => stop.abort();
  });
  return useMemo(() => ({ state, again: () => round.value++ }), []);
}

async function answerTo<T>(
  asks: (signal: AbortSignal) => Promise<T>,
  stop: AbortController,
  state: Signal<Loaded<T>>,
  before: T | null,
): Promise<void> {
  underWay.value++;
  try {
    const value = await asks(stop.signal);
    if (!stop.signal.aborted) state.value = { value, waiting: false, problem: null };
  } catch (error) {
    if (stop.signal.aborted) return;
    state.value = { value: before, waiting: false, problem: asProblem(error) };
  } finally {
    underWay.value--;
  }
}

/** Anything thrown, as a problem. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem(error instanceof Error ? error.message : String(error), 0);
}
