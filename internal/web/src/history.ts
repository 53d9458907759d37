// Undo and redo of anything that is replaced and never changed.

/** What is now, what was before it (newest last), and what was undone (newest last). */
export type History<T> = { past: readonly T[]; now: T; future: readonly T[] };

/** The furthest that undo goes back. */
export const depth = 200;

/** A history that begins. */
export function begin<T>(now: T): History<T> {
  return { past: [], now, future: [] };
}

/** Goes on to something new; what was undone is forgotten. */
export function push<T>(h: History<T>, now: T): History<T> {
  return { past: [...h.past, h.now].slice(-depth), now, future: [] };
}

/** Goes back one step; the history itself where there is none. */
export function undo<T>(h: History<T>): History<T> {
  const before = h.past.at(-1);
  return before === undefined ? h : { past: h.past.slice(0, -1), now: before, future: [...h.future, h.now] };
}

/** Goes forward one undone step; the history itself where there is none. */
export function redo<T>(h: History<T>): History<T> {
  const next = h.future.at(-1);
  return next === undefined ? h : { past: [...h.past, h.now], now: next, future: h.future.slice(0, -1) };
}
