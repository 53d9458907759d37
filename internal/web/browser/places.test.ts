// What a reader does in each place.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { parseAddress } from '../src/address';
import type { Area, Compared, Doorstep, Option, Target } from '../src/types';
import { api, close, drawn, open, pixelOf, useBrowser } from './page';

useBrowser();

const whole = (n: number | null | undefined): string => Math.round(n ?? NaN).toLocaleString('en-GB');

test('the overview says what the service says, and another option another', async () => {
  const visit = await open('/');
  const { page } = visit;
  const options = (await api<{ items: Option[] }>('/options')).items;
  for (const id of ['O1', 'O2']) {
    const option = options.find((o) => o.option_id === id);
    await page.getByLabel('Option', { exact: true }).selectOption(id);
    await expect.poll(() => page.locator('.figure dd').first().innerText()).toBe(whole(option?.covered_0_19));
    expect(await page.locator('#summary').innerText()).toContain(option?.name);
  }
  expect(page.url()).toContain('option=O2');
  await page.goBack();
  await expect.poll(() => page.locator('#summary').innerText()).toContain(options[0]?.name);
  await close(visit);
});

test('how sure the ranking is, worked out as a job', async () => {
  const visit = await open('/');
  const { page } = visit;
  await page.getByText('How sure is the ranking?').click();
  await page.getByLabel(/^From whoever runs/).fill(inject('token'));
  await page.getByRole('button', { name: 'Work it out' }).click();
  await page.getByRole('columnheader', { name: 'Chance of rank 1' }).waitFor();
  const chances = await page.locator('.table tbody td:last-child').allInnerTexts();
  expect(chances.filter((c) => c.endsWith('%')).length).toBeGreaterThanOrEqual(5);
  await page.reload(); // what was worked out stays
  await page.getByRole('columnheader', { name: 'Chance of rank 1' }).waitFor();
  await close(visit);
});

/** Takes the report that the page offers in that form, and looks at its name and its beginning. */
async function taken(page: Page, name: string, begins: string): Promise<void> {
  const link = page.locator(`a[download="${name}"]`);
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
  expect(file.suggestedFilename()).toBe(name);
  expect(
    readFileSync(await file.path())
      .subarray(0, begins.length)
      .toString('latin1'),
  ).toBe(begins);
}

test('the committee report of two options, after the token that it needs', async () => {
  const visit = await open('/compare?option=O1&beside=O2');
  const { page } = visit;
  await page.getByLabel('As', { exact: true }).selectOption('xlsx');
  await page.getByRole('button', { name: 'Make the report' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^From whoever runs/).fill(inject('token'));
  const [asked] = await Promise.all([
    page.waitForRequest((r) => r.url().endsWith('/api/v1/report')),
    dialog.getByRole('button', { name: 'Go on' }).click(),
  ]);
  expect(asked.postDataJSON()).toEqual({ format: 'xlsx', options: ['O1', 'O2'] });
  await taken(page, 'report_O1_O2.xlsx', 'PK\x03\x04');
  expect(await dialog.count()).toBe(0);
  for (const [form, name, begins] of [
    ['html', 'report_O1_O2.html', '<!DOCTYPE html>'],
    ['pdf', 'report_O1_O2.pdf', '%PDF-'],
    ['gpkg', 'report.gpkg', 'SQLite format 3'],
  ] as const) {
    await page.getByLabel('As', { exact: true }).selectOption(form);
    await page.getByRole('button', { name: 'Make the report' }).click();
    await taken(page, name, begins);
  }
  await close(visit);
});

test('a report that is stopped before its job is known leaves no job that runs', async () => {
  const visit = await open('/');
  const { page } = visit;
  await page.evaluate((secret) => sessionStorage.setItem('token', secret), inject('token'));
  await page.reload();
  let stopped = (): void => undefined;
  const stop = new Promise<void>((go) => (stopped = go));
  const begun = new Promise<number>((known) => {
    void page.route('**/api/v1/report', async (route) => {
      const response = await route.fetch();
      known(((await response.json()) as { job_id: number }).job_id);
      await stop; // the page learns of its job after Stop only
      await route.fulfill({ response });
    });
  });
  await page.getByRole('button', { name: 'Make the report' }).click();
  const id = await begun;
  const asked = page.waitForResponse((r) => r.request().method() === 'DELETE' && r.url().endsWith(`/jobs/${id}`));
  await page.getByRole('button', { name: 'Stop' }).click();
  stopped();
  expect((await asked).ok()).toBe(true);
  await page.getByRole('button', { name: 'Make the report' }).waitFor();
  const state = async (): Promise<string> => (await api<{ state: string }>(`/jobs/${id}`)).state;
  await expect.poll(state).toMatch(/^(cancelled|done)$/); // done: it was faster than Stop
  expect(await page.getByRole('alert').count()).toBe(0);
  await close(visit);
});

test('the table of areas says what the map is coloured by', async () => {
  const visit = await open('/?colour=walk');
  const { page } = visit;
  await page.locator('.legend-classes').waitFor();
  await page.getByText('Every area in a table').click();
  const areas = (await api<{ items: Area[] }>('/areas?limit=1000')).items;
  const classes = await page.locator('.legend-classes li').allInnerTexts();
  const counted = classes.map((text) => Number(/(\d+) areas/.exec(text)?.[1]));
  const near = areas.filter((a) => a.walk_min !== null && a.walk_min <= 10).length;
  expect(counted[0]).toBe(near);
  expect(counted.reduce((a, b) => a + b)).toBe(areas.length);
  await page.getByRole('button', { name: /Show all/ }).click();
  await expect.poll(() => page.locator('.table-box').last().locator('tbody tr').count()).toBe(areas.length);
  await close(visit);
});

test('Compare has a table for every kind of group that the study knows, its numbers those of the service', async () => {
  const { options } = await api<{ options: Compared[] }>('/compare?options=O1,O5');
  const losers = options.at(-1)?.losers ?? [];
  const visit = await open('/compare?option=O1&beside=O5');
  const { page } = visit;
  const kinds = [...new Set(losers.map((l) => l.dimension))];
  await expect.poll(() => page.getByRole('columnheader', { name: 'Share who lose' }).count()).toBe(kinds.length);
  const lost = await page
    .locator('table', { has: page.getByRole('columnheader', { name: 'Share who lose' }) })
    .locator('tbody tr td:nth-child(4)')
    .allInnerTexts();
  const wanted = ['district', ...kinds.filter((kind) => kind !== 'district')].flatMap((kind) =>
    losers.filter((l) => l.dimension === kind).map((l) => (l.lost === null ? 'hidden' : whole(l.lost))),
  );
  expect(lost).toEqual(wanted);
  await close(visit);
});

test('outreach filters, a target by its address, downloads and sheets to print', async () => {
  const visit = await open('/outreach?option=O2&category=rural');
  const { page } = visit;
  const targets = (await api<{ items: Target[] }>('/outreach?option=O2&category=rural&sort=-in_need_0_19')).items;
  await page
    .getByRole('button', { name: targets[0]?.place ?? '', exact: true })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Why here' }).waitFor();
  expect(await page.locator('.card').innerText()).toContain(targets[0]?.reason);
  const questions = page.locator('.rules summary');
  await expect.poll(() => questions.count()).toBe(targets[0]?.area_codes.length);
  for (const each of await questions.all()) await each.click();
  await expect.poll(() => page.locator('.rules:has(.trace li)').count()).toBe(targets[0]?.area_codes.length);
  await page.reload();
  await page.getByRole('heading', { name: 'Why here' }).waitFor();
  await page.getByRole('button', { name: 'Show all', exact: true }).click();
  await drawn(page);

  const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
  expect(csv.suggestedFilename()).toBe('outreach_O2.csv');
  const [book] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'XLSX workbook' }).click(),
  ]);
  expect(book.suggestedFilename()).toBe('outreach.xlsx');

  await page.emulateMedia({ media: 'print' });
  await expect.poll(() => page.locator('.sheet:visible').count()).toBe(targets.length);
  expect(await page.locator('.sheet').first().innerText()).toContain(targets[0]?.reason);
  expect(await page.locator('.masthead').isVisible()).toBe(false);
  const paper = (await page.pdf({ format: 'A4' })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThanOrEqual(targets.length);
  await close(visit);
});

test('a doorstep by postcode and by a click', async () => {
  const visit = await open('/doorstep');
  const { page } = visit;
  await drawn(page);
  await page.getByLabel('Postcode').fill('em1 1rz');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  const said = (): Promise<string> => page.locator('#summary').innerText();
  const walk = (door: Doorstep): string => `${door.nearest[0]?.name}, ${door.nearest[0]?.walk_min?.toFixed(1)} minutes`;
  const door = await api<Doorstep>('/reach?postcode=EM1%201RZ');
  expect(await said()).toContain(walk(door));

  // The map has come to the postcode when it stands in its middle.
  const middle = await page
    .locator('.map')
    .evaluate((box) => ((b) => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 }))(box.getBoundingClientRect()));
  await expect.poll(async () => Math.abs((await pixelOf(page, door.lon, door.lat)).x - middle.x)).toBeLessThan(1);
  await page.mouse.click(middle.x + 90, middle.y + 60);
  await page.waitForURL(/home=/);
  const home = parseAddress('/doorstep', new URL(page.url()).search)?.home;
  const next = await api<Doorstep>(`/reach?lon=${home?.[0].toFixed(5)}&lat=${home?.[1].toFixed(5)}`);
  expect(walk(next)).not.toBe(walk(door));
  await expect.poll(said).toContain(walk(next));
  await page.goto('/doorstep?postcode=ZZ9%209ZZ');
  expect(await page.getByRole('alert').innerText()).toContain('ZZ9');
  await close(visit);
});

test('a service that fails is said, and asked again', async () => {
  const visit = await open('/plan?option=O1');
  const { page } = visit;
  await drawn(page);
  await page.locator('section[aria-busy=false] .said').waitFor();
  await page.route('**/api/v1/what-if', (route) => route.abort());
  await page.route('**/api/v1/areas?**', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: '{"title":"Service Unavailable","detail":"the store does not answer"}',
    }),
  );
  await page.goto('/plan?option=O1&changes=status:S05:closed');
  expect(await page.getByRole('alert').innerText()).toContain('the store does not answer');
  await page.unroute('**/api/v1/areas?**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => page.getByRole('alert').innerText()).toContain('did not answer');
  await page.unroute('**/api/v1/what-if');
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.locator('.said').waitFor();
  await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  await close(visit);
});
