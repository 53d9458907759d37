// What the pages say where there is nothing to say.
import { expect, test } from 'vitest';
import type { Compared, Doorstep } from '../src/types';
import { api, close, drawn, open, quiet, useBrowser } from './page';

useBrowser();

test('Compare: an option under which nobody loses', async () => {
  const { options } = await api<{ options: Compared[] }>('/compare?options=O2,O1');
  const county = options.at(-1)?.losers.find((l) => l.dimension === 'county');
  expect(county?.lost).toBe(0); // O1 keeps every site open that O2 keeps
  const visit = await open('/compare?option=O2&beside=O1');
  const { page } = visit;
  await quiet(page);
  expect(await page.locator('#summary').innerText()).toContain('nobody loses theirs');
  expect(await page.locator('.figure', { hasText: 'lose reach' }).locator('dd').innerText()).toBe('0');
  const district = page.getByRole('region', { name: 'District by district' }).locator('tbody tr');
  expect(await district.count()).toBe(12);
  for (const lost of await district.locator('td:nth-child(4)').allInnerTexts()) expect(lost).toBe('0');
  for (const extra of await district.locator('td:nth-child(7)').allInnerTexts()) expect(extra).toBe('–');
  expect(await page.getByText('Closes (0): none').count()).toBe(1);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('Outreach: filters that leave nothing, and how to take them away', async () => {
  const { total } = await api<{ total: number }>('/outreach?option=O1&frequency=unmet');
  expect(total).toBe(0); // the sample does not say what its districts can staff
  const visit = await open('/outreach?option=O1&frequency=unmet');
  const { page } = visit;
  await quiet(page);
  await drawn(page);
  expect(await page.locator('#summary').innerText()).toContain('These filters leave no target area');
  expect(await page.getByRole('region', { name: 'Target areas' }).innerText()).toContain('Nothing here.');
  expect(await page.getByRole('button', { name: 'Print these sheets' }).isDisabled()).toBe(true);
  const all = (await api<{ total: number }>('/outreach?option=O1')).total;
  await page.getByRole('button', { name: 'Take the filters away' }).click();
  await page.waitForURL((at) => !at.search.includes('frequency'));
  await expect.poll(() => page.locator('#summary').innerText()).toMatch(new RegExp(`^${all} target areas`));
  expect(await page.getByRole('button', { name: 'Print these sheets' }).isDisabled()).toBe(false);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('One doorstep: outside the county nothing is told that is not known', async () => {
  const visit = await open('/doorstep?home=0.2,53.3'); // 24 km west of its streets
  const { page } = visit;
  await quiet(page);
  await drawn(page);
  const said = page.locator('[aria-live=polite]');
  expect(await page.locator('#summary').innerText()).toBe(
    'Under “Everything as today”, no open hub can be walked to from here.',
  );
  expect(await said.innerText()).toContain('may lie outside the county');
  expect(await said.innerText()).toContain('No hub can be reached from here.');
  expect(await said.innerText()).not.toMatch(/over \d/); // nothing was measured, so nothing is over a limit
  const nearest = page.getByRole('region', { name: 'Nearest open hub' }).locator('tbody tr');
  expect(await nearest.allInnerTexts()).toEqual(
    Array.from({ length: 5 }, () => expect.stringMatching(/none found.*–/s)),
  );
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('One doorstep: where nobody lives, buses are not known, and walks are told', async () => {
  const home = { lon: 0.7171, lat: 53.3069 }; // beside a lane 52 minutes from the nearest hub
  const door = await api<Doorstep>(`/reach?lon=${home.lon}&lat=${home.lat}`);
  expect(door.transit_from).toBe(null);
  const near = door.sites.filter((s) => s.walk_min['adult'] !== null);
  expect(near.length).toBeGreaterThan(0);
  const visit = await open(`/doorstep?home=${home.lon},${home.lat}`);
  const { page } = visit;
  await quiet(page);
  const rows = page.getByRole('region', { name: 'Every hub from here' }).locator('tbody tr');
  expect(await rows.first().innerText()).toContain(near[0]?.walk_min['adult']?.toFixed(1));
  const heads = await page.getByRole('region', { name: 'Every hub from here' }).locator('thead th').allInnerTexts();
  const bus = heads.findIndex((head) => head.startsWith('Bus')) + 1;
  for (const by of await rows.locator(`td:nth-child(${bus})`).allInnerTexts()) expect(by).toBe('not known');
  await close(visit);
});

test('One doorstep: a postcode of another county is said to be none of ours, and the next is found', async () => {
  const visit = await open('/doorstep?postcode=SW1A%201AA');
  const { page } = visit;
  await quiet(page);
  expect(await page.getByRole('alert').innerText()).toContain('no such postcode');
  await page.getByLabel('Postcode').fill('EM1 1RZ');
  await page.getByLabel('Postcode').press('Enter');
  await expect.poll(() => page.locator('#summary').count()).toBe(1);
  expect(await page.getByRole('alert').count()).toBe(0);
  await close(visit);
});
