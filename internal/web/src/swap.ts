// The best swap of one open site for one closed one, exactly, with few questions.

/** A site as the search sees it: people in need that only it reaches, and whether it is open. */
export type Candidate = { site: string; open: boolean; only: number };

/** Closing one site and opening another, and what it adds to the people in need covered. */
export type Swap = { closes: string; opens: string; more: number };

/** What else the search needs: people in need covered after the changes asked about. */
export type Ask = (changes: { closes: string | null; opens: string }) => Promise<number>;

/** The least gain that counts, people in need: smaller ones are rounding. */
const least = 0.05;

/**
 * Finds the swap that adds most people in need, null when none adds any. covered
 * are those covered now.
 *
 * Let g be what opening c alone adds, and l what only o reaches. The swap adds
 * at least g - l, and at most g, since whoever only o reached and c reaches too
 * is counted once. So sites are opened in the order of g, and the search stops
 * at the first g that cannot beat the best; with a given c, closing the o of
 * least l comes first.
 */
export async function bestSwap(
  candidates: readonly Candidate[],
  covered: number,
  ask: Ask,
  on: (done: number) => void,
  stop: AbortSignal,
): Promise<Swap | null> {
  let done = 0;
  const question: Ask = async (changes) => {
    stop.throwIfAborted();
    const answer = await ask(changes);
    on(++done);
    return answer;
  };
  const gains: { site: string; gain: number }[] = [];
  for (const c of candidates.filter((c) => !c.open)) {
    gains.push({ site: c.site, gain: (await question({ closes: null, opens: c.site })) - covered });
  }
  gains.sort((a, b) => b.gain - a.gain);
  const open = candidates.filter((c) => c.open).sort((a, b) => a.only - b.only);
  let best: Swap | null = null;
  for (const { site: opens, gain } of gains) {
    for (const { site: closes } of open) {
      if (gain < least || gain <= (best?.more ?? 0)) break;
      const more = (await question({ closes, opens })) - covered;
      if (more >= least && more > (best?.more ?? 0)) best = { closes, opens, more };
    }
  }
  return best;
}
