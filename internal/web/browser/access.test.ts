// Every place loads without an error; in light and in dark colours axe-core finds
// nothing against WCAG 2.2 AA; at 320 pixels nothing needs scrolling sideways.
import { expect, test } from 'vitest';
import { close, drawn, open, quiet, unfolded, useBrowser, violations } from './page';

const places = [
  { path: '/?area=E01900002', title: 'Overview', map: true },
  { path: '/compare?option=O1&beside=O2', title: 'Compare', map: true },
  { path: '/compare?colour=difference', title: 'Compare', map: true },
  { path: '/plan?changes=status:S05:closed', title: 'Plan', map: true },
  { path: '/outreach?target=edge_of_town-E01900008', title: 'Outreach', map: true },
  { path: '/doorstep?postcode=EM1%201RZ', title: 'One doorstep', map: true },
  { path: '/method', title: 'Method', map: false },
  { path: '/accessibility', title: 'Accessibility', map: false },
];

useBrowser();

test.each(places)('$path', async ({ path, title, map }) => {
  const visit = await open(path, { colorScheme: 'light' });
  const { page } = visit;
  await quiet(page);
  if (map) await drawn(page);
  expect(await page.title()).toContain(title);
  await unfolded(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(() => page.locator('html').getAttribute('data-dress')).toBe(colorScheme);
    expect(await violations(page)).toEqual([]);
  }
  await page.setViewportSize({ width: 320, height: 640 }); // 640 at 200% zoom is the same
  await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  expect(visit.errors).toEqual([]);
  await close(visit);
});
