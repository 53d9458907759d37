// The charts: a mark for everything that the service says, where the scale says it is.
import type { Locator } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Option } from '../src/types';
import { api, close, drawn, open, quiet, useBrowser } from './page';

useBrowser();

/** How much a pixel and the rounding of the rows may move a share that is read off a chart. */
const tolerance = 0.005;

/** The middle of an element across the page, in pixels. */
async function middle(of: Locator): Promise<number> {
  const box = await of.boundingBox();
  return (box?.x ?? NaN) + (box?.width ?? NaN) / 2;
}

/** A value read off a scale across the page, between two of its ticks. */
async function read(chart: Locator, mark: Locator, from: string, to: string): Promise<number> {
  const tick = (words: string): Promise<number> => middle(chart.getByText(words, { exact: true }));
  const [zero, one, at] = [await tick(from), await tick(to), await middle(mark)];
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
  expect(await chart.locator('.mark.chosen path').count()).toBe(1);
  expect((await chart.locator('.name').allTextContents()).sort()).toEqual(costed.map((o) => o.option_id).sort());
  const cost = (await read(chart, chart.locator('.mark.chosen path'), '£0', '£2m')) * 2e6;
  const wanted = options.find((o) => o.option_id === 'O2')?.annual_cost_gbp ?? NaN;
  expect(Math.abs(cost / wanted - 1)).toBeLessThan(0.02); // half a pixel is 10,000 pounds
  const words = await chart.getAttribute('aria-label');
  for (const o of costed) expect(words).toContain(`${o.option_id}: £`);
  expect(visit.errors).toEqual([]);
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
    expect(Math.abs((await read(chart, of.first(), '0%', '100%')) - share), id).toBeLessThan(tolerance);
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
