// What a reader does in each place without a mouse: from the top of the page by
// Tab, and by the keys that lists, buttons and dialogs have anywhere.
import type { Page } from 'playwright-core';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Doorstep, Option, Target } from '../src/types';
import { api, close, drawn, forget, open, quiet, tabTo, useBrowser } from './page';

useBrowser();

/** What an element that has the focus is called, for people who hear the page. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const e = document.activeElement;
    return e?.getAttribute('aria-label') ?? e?.textContent?.trim() ?? '';
  });
}

test('Compare: the options, what is shown, the line between the two', async () => {
  const visit = await open('/compare?option=O1&beside=O5');
  const { page } = visit;
  await quiet(page);
  await drawn(page);
  await tabTo(page, page.getByLabel('Right', { exact: true }));
  await page.keyboard.press('ArrowUp');
  await page.waitForURL(/beside=O4/);
  await tabTo(page, page.getByLabel('Show as'));
  await page.keyboard.press('ArrowDown');
  await page.waitForURL(/colour=difference/);
  await page.keyboard.press('ArrowUp');
  await page.waitForURL((url) => !url.search.includes('difference'));
  await drawn(page);
  await tabTo(page, page.getByLabel('Share of the map'));
  for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
  await page.waitForURL(/swipe=0.60/);
  await expect.poll(() => page.locator('.over').evaluate((e) => getComputedStyle(e).clipPath)).toContain('40%');
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('Plan: a building closed and opened, undone, and the plan kept', async () => {
  const visit = await open('/plan?option=O1');
  const { page } = visit;
  await quiet(page);
  await tabTo(page, page.locator('summary', { hasText: /^Buildings/ }));
  await page.keyboard.press('Enter');
  const status = page.getByLabel("East Way Children's Centre: What happens to it");
  await status.waitFor();
  await tabTo(page, status);
  await page.keyboard.press('End');
  await page.waitForURL(/changes=status:S05:closed/);
  expect(await focused(page)).toContain('East Way'); // the table is drawn anew around it
  await page.keyboard.press('Home');
  await page.waitForURL((at) => !at.search.includes('S05:closed'));
  await page.keyboard.press('End');
  await page.waitForURL(/S05:closed/);

  await tabTo(page, page.getByRole('button', { name: 'Undo' }), 'back');
  await page.keyboard.press('Enter');
  await page.waitForURL((at) => !at.search.includes('S05:closed'));
  await tabTo(page, page.getByRole('button', { name: 'Redo' }));
  await page.keyboard.press('Enter');
  await page.waitForURL(/S05:closed/);

  await tabTo(page, page.getByRole('button', { name: 'Save as a new option' }));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(await focused(page)).toBe('Save as a new option');
  await page.keyboard.press('Enter');
  await tabTo(page, dialog.getByLabel('Name'));
  await page.keyboard.type('By hand alone');
  await tabTo(page, dialog.getByLabel(/^Short id/));
  await page.keyboard.press('Control+A');
  await page.keyboard.type('keys');
  await tabTo(page, dialog.getByLabel(/^From whoever runs/));
  await page.keyboard.type(inject('token'));
  onTestFinished(() => forget('keys'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/option=keys/);
  await page.getByText('Saved as “By hand alone”.').waitFor();
  const kept = (await api<{ items: Option[] }>('/options')).items.find((o) => o.option_id === 'keys');
  expect({ name: kept?.name, open: kept?.open_sites }).toEqual({ name: 'By hand alone', open: 49 });
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('Outreach: filtered, a target chosen and left, its list taken away', async () => {
  const targets = (await api<{ items: Target[] }>('/outreach?option=O2&category=rural&sort=-in_need_0_19')).items;
  const third = targets[2];
  const visit = await open('/outreach?option=O2');
  const { page } = visit;
  await quiet(page);
  await tabTo(page, page.getByLabel('Category'));
  await page.keyboard.type('Ru');
  await page.waitForURL(/category=rural/);
  await expect.poll(() => page.locator('#summary').innerText()).toMatch(new RegExp(`^${targets.length} target areas`));

  const place = page
    .getByRole('region', { name: 'Target areas' })
    .getByRole('button', { name: third?.place ?? '', exact: true });
  await tabTo(page, place);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`target=${third?.target_id}`));
  await expect.poll(() => focused(page)).toBe(third?.place); // the card's heading: it stands above the list
  expect(await page.locator('.card').innerText()).toContain(third?.reason);
  await tabTo(page, page.getByRole('button', { name: 'Show all', exact: true }));
  await page.keyboard.press('Enter');
  await page.waitForURL((at) => !at.search.includes('target='));
  await expect.poll(() => place.evaluate((e) => e === document.activeElement)).toBe(true); // back where it was chosen

  await tabTo(page, page.getByRole('button', { name: 'CSV', exact: true }));
  const [csv] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  expect(csv.suggestedFilename()).toBe('outreach_O2.csv');
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('One doorstep: a postcode typed, the answer said and read', async () => {
  const door = await api<Doorstep>('/reach?postcode=EM1%201RZ');
  const visit = await open('/doorstep');
  const { page } = visit;
  await quiet(page);
  await tabTo(page, page.getByLabel('Postcode'));
  await page.keyboard.type('em1 1rz');
  await page.keyboard.press('Enter');
  await page.waitForURL(/postcode=EM1/);
  const said = page.locator('[aria-live=polite] #summary'); // a screen reader says it without being asked
  await expect.poll(() => said.innerText()).toContain(door.nearest[0]?.name);
  for (const table of ['Nearest open hub under each option', 'Every hub from here, in minutes']) {
    await tabTo(page, page.getByRole('region', { name: table })); // which scrolls by the arrow keys, where it is wide
  }
  expect(visit.errors).toEqual([]);
  await close(visit);
});
