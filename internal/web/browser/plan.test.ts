// A what-if in the browser says what the service says of the same changes, and
// of the same option once it is kept.
import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import { parseAddress } from '../src/address';
import { asked } from '../src/places/plan-asked';
import type { Area, Option, Site, WhatIf } from '../src/types';
import type { CountyMap } from '../src/map/county-map';
import { api, close, drawn, forget, markOf, open, useBrowser } from './page';

useBrowser();

type Figures = { covered: number; need: number; score: number };

/** The figures of the page, as it got them. */
async function figures(page: Page): Promise<Figures> {
  const said = page.locator('.said');
  const of = async (name: string): Promise<number> => Number(await said.getAttribute(`data-${name}`));
  return { covered: await of('covered'), need: await of('need'), score: await of('score') };
}

/** What the service says of the changes in the page's address, worked out anew. */
async function recomputed(page: Page): Promise<Figures> {
  const at = new URL(await page.evaluate(() => window.location.href));
  const { option, changes = [] } = parseAddress(at.pathname, at.search) ?? {};
  const { totals } = await api<WhatIf>('/what-if', {
    method: 'POST',
    body: JSON.stringify({ option_id: option, changes: asked(changes) }),
    headers: { 'Content-Type': 'application/json' },
  });
  return { covered: totals.covered_0_19 ?? NaN, need: totals.covered_in_need ?? NaN, score: totals.score ?? NaN };
}

/** Waits until the figures of the page are those of its address, and returns them. */
async function settled(page: Page): Promise<Figures> {
  await page.locator('section[aria-busy=false] .said').waitFor();
  await expect.poll(() => figures(page)).toEqual(await recomputed(page));
  return figures(page);
}

/** The sites as the baseline has them, S01 first. */
async function sites(): Promise<Site[]> {
  return (await api<{ items: Site[] }>('/sites')).items;
}

/** Drags the site S01 by some pixels, in steps, as a hand does. */
async function drag(page: Page, by: { x: number; y: number }): Promise<void> {
  const { x, y } = await markOf(page, 'S01');
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 12 });
  await page.mouse.up();
}

test('dragging, undo, redo, reload and closing by a click', async () => {
  const [first] = await sites();
  const visit = await open(`/plan?option=O1&map=12,${first?.lon},${first?.lat}`);
  const { page } = visit;
  const before = await settled(page);
  await drag(page, { x: 60, y: 45 });
  await page.waitForURL(/changes=move:S01/);
  const moved = await settled(page);
  expect(moved.covered).not.toBe(before.covered);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.waitForURL((at) => !at.search.includes('changes='));
  expect(await settled(page)).toEqual(before);
  await page.keyboard.press('Control+Shift+Z');
  await page.waitForURL(/changes=move:S01/);
  expect(await settled(page)).toEqual(moved);

  await page.reload();
  expect(await settled(page)).toEqual(moved);

  const { x, y } = await markOf(page, 'S02');
  await page.mouse.click(x, y);
  await page.waitForURL(/status:S02:closed/);
  expect((await settled(page)).covered).not.toBe(moved.covered);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('every change by keyboard: a status, a move, a building added', async () => {
  const visit = await open('/plan?option=O1');
  const { page } = visit;
  await drawn(page);
  await page.locator('summary', { hasText: /^Buildings/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Harrowmere Family Hub: What happens to it').selectOption('outreach_only');
  await page.waitForURL(/status:S01:outreach_only/);
  await page.getByRole('button', { name: /^Move Priory Street .* north$/ }).press('Enter');
  await page.waitForURL(/move:S02/);
  await page.getByRole('button', { name: 'Add a building' }).press('Enter');
  await page.getByRole('button', { name: 'Add at the centre of the map' }).press('Enter');
  await page.waitForURL(/add:NEW1/);
  await settled(page);
  await close(visit);
});

test('the table of areas follows the changes, as the map does', async () => {
  const visit = await open('/plan?option=O1&changes=status:S05:closed');
  const { page } = visit;
  await settled(page);
  const { areas_changed } = await api<WhatIf>('/what-if', {
    method: 'POST',
    body: JSON.stringify({ option_id: 'O1', changes: [{ do: 'status', site_id: 'S05', status: 'closed' }] }),
    headers: { 'Content-Type': 'application/json' },
  });
  const areas = (await api<{ items: Area[] }>('/areas?option=O1&limit=1000')).items;
  const changed = areas_changed.find((a) => a.covered_share === 0);
  const name = areas.find((a) => a.area_code === changed?.area_code)?.area_name ?? '';
  await page.getByText('Every area in a table').click();
  const table = page.getByRole('region', { name: /with these changes$/ });
  await table.getByRole('button', { name: /^Show all/ }).click();
  const row = table.locator('tbody tr', { has: page.getByRole('button', { name, exact: true }) });
  await expect.poll(() => row.locator('td').nth(4).innerText()).toBe('0%');
  expect(areas.find((a) => a.area_name === name)?.covered_share).toBeGreaterThan(0);
  await close(visit);
});

test('a building without costs is said beside the score, until somebody types them', async () => {
  const [first] = await sites();
  const visit = await open(`/plan?option=O1&changes=add:NEW1:${first?.lon}:${first?.lat}:Hall`);
  const { page } = visit;
  await settled(page);
  const note = page.getByText('cost not known: counted as nothing towards the score');
  await note.waitFor();
  await page.getByLabel('Running, £ a year').fill('20000');
  await page.getByLabel('Staffing, £ a year').fill('90000'); // leaving a field takes what it says
  await page.keyboard.press('Tab');
  await page.waitForURL(/Hall:20000:90000/);
  await note.waitFor({ state: 'detached' });
  await settled(page);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('a drag draws nothing twice: the mark stands in the page once, an area is told a class that is new to it', async () => {
  const [first] = await sites();
  const visit = await open(`/plan?option=O1&colour=walk&map=12,${first?.lon},${first?.lat}`);
  const { page } = visit;
  await settled(page);
  await markOf(page, 'S01');
  await page.evaluate(() => {
    const map = document.querySelector<HTMLElement & { county: CountyMap }>('.map')?.county.map;
    if (!map) throw new Error('there is no map');
    const seen = { told: [] as [unknown, unknown][], marks: 0 };
    const tell = map.setFeatureState.bind(map);
    map.setFeatureState = (feature, state) => {
      if ('class' in (state as object)) seen.told.push([feature.id, (state as { class: number }).class]);
      return tell(feature, state);
    };
    new MutationObserver((records) => records.forEach((r) => (seen.marks += r.addedNodes.length))).observe(
      map.getCanvasContainer(),
      { childList: true },
    );
    Object.assign(window, { seen });
  });
  await drag(page, { x: 160, y: 120 });
  await page.waitForURL(/changes=move:S01/);
  await settled(page);
  type Seen = { told: [string, number][]; marks: number };
  const seen = (): Promise<Seen> => page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  await expect.poll(async () => (await seen()).told.length).toBeGreaterThan(0);
  const { told, marks } = await seen();
  expect(marks).toBe(1);
  const last = new Map<string, number>();
  for (const [code, index] of told) {
    expect(last.get(code)).not.toBe(index);
    last.set(code, index);
  }
  expect(await page.locator('.said table').count()).toBe(0); // a closed table is not drawn at all
  await close(visit);
});

test('each answer of a drag is in the figures by the frame after it comes', async () => {
  const [first] = await sites();
  const visit = await open(`/plan?option=O1&map=12,${first?.lon},${first?.lat}`);
  const { page } = visit;
  await settled(page);
  await page.evaluate(() => {
    const seen: { answered: number; shown: number }[] = [];
    let newest = NaN; // two answers may come between two frames
    const shown = (): number => Number(document.querySelector<HTMLElement>('.said')?.dataset['covered']);
    const ask = window.fetch;
    window.fetch = async (...asked) => {
      const answer = await ask(...asked);
      const read = answer.text.bind(answer);
      answer.text = async () => {
        const text = await read();
        newest = (JSON.parse(text) as WhatIf).totals.covered_0_19 ?? NaN;
        requestAnimationFrame(() => seen.push({ answered: newest, shown: shown() }));
        return text;
      };
      return answer;
    };
    Object.assign(window, { seen });
  });
  await drag(page, { x: 120, y: 90 });
  await page.waitForURL(/changes=move:S01/);
  await settled(page);
  const seen = await page.evaluate(() => (window as unknown as { seen: { answered: number; shown: number }[] }).seen);
  expect(new Set(seen.map((s) => s.answered)).size).toBeGreaterThan(1);
  for (const { answered, shown } of seen) expect(shown).toBe(answered);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('where a building cannot stand, the map says so while it is held, and the panel stays where it is', async () => {
  const visit = await open('/plan?option=O1');
  const { page } = visit;
  await drawn(page);
  const before = await settled(page);
  const { x, y } = await markOf(page, 'S01');
  const box = (await page.locator('.maps').boundingBox())!;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 8, y + 8);
  await page.locator('.changes li').waitFor();
  await page.locator('section[aria-busy=false] .said').waitFor();
  const place = await page.locator('#summary').boundingBox();
  await page.mouse.move(box.x + 6, box.y + 6); // out of the county
  const held = page.locator('.map-trouble.held');
  await held.waitFor();
  expect(await held.innerText()).toMatch(/move site S\d\d: .* to the streets/);
  expect(await page.locator('.side [role=alert]').count()).toBe(0);
  expect(await page.locator('#summary').boundingBox()).toEqual(place);
  await page.mouse.move(x + 2, y + 2);
  await held.waitFor({ state: 'detached' });
  await page.mouse.move(box.x + 6, box.y + 6);
  await held.waitFor();
  await page.mouse.up();
  await page.locator('.side [role=alert]').waitFor();
  expect(await held.count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('.side [role=alert]').waitFor({ state: 'detached' });
  expect(await settled(page)).toEqual(before);
  await close(visit);
});

test('the best swap, the distance from the optimum, and keeping the plan', async () => {
  const visit = await open('/plan?option=O3');
  const { page } = visit;
  const before = await settled(page);
  await page.getByRole('button', { name: 'Best swap from here' }).click();
  await page.getByRole('button', { name: 'Make this swap' }).click();
  await page.waitForURL(/changes=status/);
  const swapped = await settled(page);
  expect(swapped.need).toBeGreaterThan(before.need);

  await page
    .getByLabel(/^From whoever runs/)
    .first()
    .fill(inject('token'));
  await page.getByRole('button', { name: 'Find it' }).click();
  const said = await page.getByText(/^This set covers/).innerText();
  expect(said).toContain('Proven');

  await page.getByRole('button', { name: 'Save as a new option' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Follow the need, one swap');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL(/option=P1/);
  onTestFinished(() => forget('P1'));
  const kept = (await api<{ items: Option[] }>('/options')).items.find((o) => o.option_id === 'P1');
  expect(kept?.name).toBe('Follow the need, one swap');
  expect({ covered: kept?.covered_0_19, need: kept?.covered_in_need, score: kept?.score }).toEqual(swapped);
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('options leave as a spreadsheet and come back', async () => {
  const visit = await open('/plan?option=O1');
  const { page } = visit;
  const [book] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export as a spreadsheet' }).click(),
  ]);
  await page.getByLabel('Import a spreadsheet').setInputFiles(await book.path());
  await page.getByRole('rowheader', { name: 'O5: Share buildings' }).waitFor();
  expect(await page.getByText('here already').count()).toBeGreaterThanOrEqual(5);
  await page
    .getByLabel('Import a spreadsheet')
    .setInputFiles({ name: 'no.xlsx', mimeType: 'text/plain', buffer: Buffer.from('no') });
  await page.getByRole('alert').waitFor();
  await close(visit);
});
