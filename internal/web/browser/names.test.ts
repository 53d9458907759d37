// Towns and villages are named on the map without asking anybody else for letters.
import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import type { CountyMap } from '../src/map/county-map';
import { close, drawn, open, useBrowser } from './page';

useBrowser();

/** The names that the map shows, each once. */
const named = (page: Page): Promise<string[]> =>
  page.locator('.map').evaluate((box: HTMLElement & { county?: CountyMap }) => {
    const found = box.county?.map.queryRenderedFeatures({ layers: ['names'] }) ?? [];
    return [...new Set(found.map((f) => String(f.properties['settlement'])))];
  });

test('the greatest town is named from afar, its villages nearer, and nobody where names are off', async () => {
  const outside: string[] = [];
  const visit = await open('/plan?option=O1&map=8.4,0.85,53.29');
  const { page } = visit;
  page.on('request', (r) => {
    if (/^https?:/.test(r.url()) && !r.url().startsWith(inject('origin'))) outside.push(r.url());
  });
  await drawn(page);
  await expect.poll(() => named(page)).toContain('Harrowmere');
  expect(await named(page)).not.toContain('Aldwick'); // a village
  await page.goto('/plan?option=O1&map=9.4,0.818,53.299');
  await drawn(page);
  await expect.poll(() => named(page)).toEqual(expect.arrayContaining(['Harrowmere', 'Aldwick']));
  const before = await page.locator('.maps').screenshot();
  await page.getByLabel('Place names').uncheck();
  await expect.poll(() => named(page)).toEqual([]);
  await expect.poll(async () => (await page.locator('.maps').screenshot()).equals(before)).toBe(false);
  expect(outside).toEqual([]);
  expect(visit.errors).toEqual([]);
  await close(visit);
});
