import { expect, test } from 'vitest';
import { latest } from './latest';

/** Questions that are answered when the test says so. */
function desk(): { ask: (n: number) => Promise<string>; asked: number[]; answer: (fail?: boolean) => Promise<void> } {
  const asked: number[] = [];
  const waiting: ((fail: boolean) => void)[] = [];
  const ask = (n: number): Promise<string> => {
    asked.push(n);
    return new Promise((done, lost) =>
      waiting.push((fail) => (fail ? lost(new Error(`no ${n}`)) : done(`answer ${n}`))),
    );
  };
  const answer = async (fail = false): Promise<void> => {
    waiting.shift()?.(fail);
    for (let i = 0; i < 5; i++) await Promise.resolve();
  };
  return { ask, asked, answer };
}

test('one question at a time, the newest next, those between never', async () => {
  const { ask, asked, answer } = desk();
  const got: [number, string, boolean][] = [];
  const want = latest(ask, (n, a, last) => got.push([n, 'value' in a ? a.value : String(a.error), last]));
  [1, 2, 3, 4].forEach(want);
  expect(asked).toEqual([1]);
  await answer();
  expect(asked).toEqual([1, 4]);
  want(5);
  await answer();
  await answer(true);
  want(6);
  await answer();
  expect(asked).toEqual([1, 4, 5, 6]);
  expect(got).toEqual([
    [1, 'answer 1', false],
    [4, 'answer 4', false],
    [5, 'Error: no 5', true],
    [6, 'answer 6', true],
  ]);
});
