// One request at a time, the latest wins: what a mouse asks for while it moves.

/**
 * Returns a function that asks `ask` for the newest input, never twice at once.
 * Inputs that arrive meanwhile replace one another; when an answer comes, the
 * newest waiting input is asked. `done` gets every answer in order, with the
 * input that it answers, and whether nothing newer waits.
 */
export function latest<In, Out>(
  ask: (input: In) => Promise<Out>,
  done: (input: In, answer: { value: Out } | { error: unknown }, last: boolean) => void,
): (input: In) => void {
  let waiting: { input: In } | null = null;
  let busy = false;
  const run = async (): Promise<void> => {
    busy = true;
    while (waiting) {
      const { input } = waiting;
      waiting = null;
      const answer = await ask(input).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
      done(input, answer, waiting === null);
    }
    busy = false;
  };
  return (input) => {
    waiting = { input };
    if (!busy) void run();
  };
}
