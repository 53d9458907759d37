// A picture of each of the five places, for the README.
import { mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { close, drawn, open, useBrowser } from './page';

const folder = resolve(import.meta.dirname, '../pictures');

/** The most bytes that a picture in the repository may have. */
const most = 300_000;

const pictures = [
  { name: 'overview', path: '/?option=O1', dress: 'light' },
  { name: 'compare', path: '/compare?option=O1&beside=O2&swipe=0.52', dress: 'light' },
  {
    name: 'plan',
    path: '/plan?option=O1&changes=status:S05:closed,status:S03:closed,add:NEW1:0.83200:53.31600:New%2520building%25201&map=11.6,0.81805,53.29900',
    dress: 'light',
  },
  { name: 'outreach', path: '/outreach?option=O1&target=edge_of_town-E01900008', dress: 'light' },
  { name: 'doorstep', path: '/doorstep?option=O2&home=0.83200,53.31600&map=11.8,0.83200,53.30400', dress: 'dark' },
] as const;

useBrowser();

test.each(pictures)('$name', async ({ name, path, dress }) => {
  mkdirSync(folder, { recursive: true });
  const visit = await open(path, { colorScheme: dress, viewport: { width: 1280, height: 800 } });
  const { page } = visit;
  await drawn(page);
  await page.waitForFunction(() => !document.querySelector('.waiting'));
  await page.waitForTimeout(500); // the last symbols
  const file = resolve(folder, `${name}.jpg`);
  await page.screenshot({ path: file, type: 'jpeg', quality: 84 });
  expect(statSync(file).size, name).toBeLessThanOrEqual(most);
  expect(visit.errors).toEqual([]);
  await close(visit);
});
