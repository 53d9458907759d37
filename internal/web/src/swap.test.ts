import { expect, test } from 'vitest';
import { bestSwap, type Candidate } from './swap';

/** A street of numbered homes, one person in need in each; a site reaches some. */
type Street = { reach: Record<string, number[]>; open: string[] };

const covered = (s: Street, open: string[]): number => new Set(open.flatMap((site) => s.reach[site] ?? [])).size;

function candidates(s: Street): Candidate[] {
  return Object.keys(s.reach).map((site) => {
    const others = s.open.filter((o) => o !== site);
    return { site, open: s.open.includes(site), only: covered(s, s.open) - covered(s, others) };
  });
}

/** Tries every pair. */
function everyPair(s: Street): number {
  const pairs = s.open.flatMap((o) =>
    Object.keys(s.reach)
      .filter((c) => !s.open.includes(c))
      .map((c) => covered(s, [...s.open.filter((x) => x !== o), c])),
  );
  return Math.max(0, ...pairs.map((n) => n - covered(s, s.open)));
}

async function search(s: Street): Promise<{ more: number; asked: number }> {
  let asked = 0;
  const found = await bestSwap(
    candidates(s),
    covered(s, s.open),
    ({ closes, opens }) => Promise.resolve(covered(s, [...s.open.filter((x) => x !== closes), opens])),
    (n) => (asked = n),
    new AbortController().signal,
  );
  return { more: found?.more ?? 0, asked };
}

test('the best swap of random streets is that of every pair', async () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below; // Park and Miller 1988
  for (let round = 0; round < 200; round++) {
    const reach: Street['reach'] = {};
    for (let i = 0; i < 9; i++) reach[`S${i}`] = Array.from({ length: random(7) }, () => random(25));
    const s = { reach, open: Object.keys(reach).slice(0, 1 + random(7)) };
    expect((await search(s)).more, JSON.stringify(s)).toBe(everyPair(s));
  }
});

test('few questions: a site that nobody needs is closed first', async () => {
  const reach = { A: [1, 2], B: [2], C: [3, 4, 5], D: [3], E: [9, 10] };
  const { more, asked } = await search({ reach, open: ['A', 'B', 'E'] });
  expect(more).toBe(3); // C opens for 3, 4 and 5, and B closes for nobody
  expect(asked).toBe(3); // what C adds, what D adds, and the one pair that cannot be beaten
});

test('a search that is stopped ends', async () => {
  const stop = new AbortController();
  const asks = bestSwap(
    [{ site: 'A', open: false, only: 0 }],
    0,
    () => Promise.resolve(1),
    () => stop.abort(),
    stop.signal,
  );
  await expect(asks).resolves.toBeNull();
  await expect(
    bestSwap(
      [{ site: 'A', open: false, only: 0 }],
      0,
      () => Promise.resolve(1),
      () => undefined,
      stop.signal,
    ),
  ).rejects.toThrow();
});
