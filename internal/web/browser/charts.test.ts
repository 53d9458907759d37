// The charts: a mark for everything that the service says, where the scale says it is.
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import { people, percent, pounds } from '../src/number';
import type { Option } from '../src/types';
import { api, close, drawn, open, quiet, useBrowser } from './page';

useBrowser();

/** How much a pixel and the rounding of the rows may move a share that is read off a chart. */
const tolerance = 0.005;

/** The middle of an element across the page or down it, in pixels. */
async function middle(of: Locator, way: 'across' | 'down'): Promise<number> {
  const { x, y, width, height } = (await of.boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
  return way === 'across' ? x + width / 2 : y + height / 2;
}

/** A value read off a scale, between two of its ticks: 0 at the first, 1 at the second. */
async function read(chart: Locator, mark: Locator, ticks: [string, string], way: 'across' | 'down'): Promise<number> {
  const tick = (words: string): Promise<number> => middle(chart.getByText(words, { exact: true }), way);
  const [zero, one, at] = [await tick(ticks[0]), await tick(ticks[1]), await middle(mark, way)];
  return (at - zero) / (one - zero);
}

test('every option that has a cost is a point of the overview, the shown one another shape', async () => {
  const options = (await api<{ items: Option[] }>('/options')).items;
  const costed = options.filter((o) => o.annual_cost_gbp !== null);
  const visit = await open('/?option=O2');
  const { page } = visit;
  await quiet(page);
  const chart = page.locator('#money .chart-box');
  await expect.poll(() => chart.locator('circle').count()).toBe(costed.length - 1);
  const shown = chart.locator('.mark.chosen path');
  expect(await shown.count()).toBe(1);
  expect(await chart.locator('.most path').count()).toBe(1);
  expect((await chart.locator('.name').allTextContents()).sort()).toEqual(costed.map((o) => o.option_id).sort());
  const wanted = options.find((o) => o.option_id === 'O2');
  const cost = (await read(chart, shown, ['£0', '£2m'], 'across')) * 2e6;
  expect(Math.abs(cost / (wanted?.annual_cost_gbp ?? NaN) - 1)).toBeLessThan(0.02); // half a pixel is 10,000 pounds
  const need = (await read(chart, shown, ['0', '20,000'], 'down')) * 20e3;
  expect(Math.abs(need / (wanted?.covered_in_need ?? NaN) - 1)).toBeLessThan(0.02); // half a pixel is 70 people
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('the words of the money name every option that has as many people in need for no more money', async () => {
  const options = (await api<{ items: Option[] }>('/options')).items;
  const visit = await open('/');
  const { page } = visit;
  for (const o of options) {
    const [cost, need] = [o.annual_cost_gbp ?? NaN, o.covered_in_need ?? NaN];
    await page.getByLabel('Option', { exact: true }).selectOption(o.option_id);
    const said = page.locator('#money figure > p').first();
    await expect.poll(() => said.innerText()).toContain(`“${o.name}” costs ${pounds(cost)} a year`);
    expect(await said.innerText()).toContain(
      `${people(need)} people in need within the walk: £${Math.round(cost / need)}`,
    );
    for (const other of options.filter((p) => p !== o)) {
      const beats = (other.annual_cost_gbp ?? NaN) <= cost && (other.covered_in_need ?? NaN) >= need;
      expect((await said.innerText()).includes(other.option_id), `${other.option_id} against ${o.option_id}`).toBe(
        beats,
      );
    }
  }
  await close(visit);
});

test('an option without a cost is named below the chart', async () => {
  const options = await api<{ items: Option[]; total: number }>('/options');
  const items = options.items.map((o) => (o.option_id === 'O3' ? { ...o, annual_cost_gbp: null } : o));
  const visit = await open('/method');
  const { page } = visit;
  await page.route('**/api/v1/options?**', (route) => route.fulfill({ json: { ...options, items } }));
  await page.goto('/');
  await quiet(page);
  const costed = items.filter((o) => o.annual_cost_gbp !== null).map((o) => o.option_id);
  await expect.poll(async () => (await page.locator('#money .name').allTextContents()).sort()).toEqual(costed.sort());
  expect(await page.locator('#money figcaption').innerText()).toContain('not known: O3.');
  await close(visit);
});

test('Compare has two marks for every decile, and the first is what the service says', async () => {
  const options = (await api<{ items: Option[] }>('/options')).items;
  const visit = await open('/compare?option=O1&beside=O2');
  const { page } = visit;
  await quiet(page);
  const chart = page.locator('#deciles .chart-box');
  const marks = { O1: chart.locator('circle'), O2: chart.locator('.mark.chosen path') };
  await expect.poll(() => marks.O1.count()).toBe(10);
  expect(await marks.O2.count()).toBe(10);
  expect(await chart.locator('.gap path').count()).toBe(10);
  for (const [id, of] of Object.entries(marks)) {
    const share = options.find((o) => o.option_id === id)?.covered_share_0_19_decile_1 ?? NaN;
    expect(Math.abs((await read(chart, of.first(), ['0%', '100%'], 'across')) - share), id).toBeLessThan(tolerance);
    expect(await page.locator('#deciles figure > p').first().innerText()).toContain(`${id} covers ${percent(share)}`);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(async () => (await chart.locator('.plot').boundingBox())?.width).toBeLessThan(320);
  expect(await marks.O1.count()).toBe(10);
  await page.getByText('The same as a table').click();
  expect(await page.locator('#deciles tbody tr').count()).toBe(10);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('a chart that cannot be fetched says so, and the page goes on', async () => {
  const visit = await open('/method');
  const { page } = visit;
  await page.route('**/assets/drawings-*.js', (route) => route.abort());
  await page.goto('/');
  await page.getByText('The chart cannot be drawn.').waitFor();
  await drawn(page);
  await close(visit);
});
