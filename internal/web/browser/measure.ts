// How fast the pages are: frames while a site is dragged, the first useful map,
// and what a browser has to fetch before it shows anything.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'vitest';
import type { Site } from '../src/types';
import { api, close, drawn, open, pixelOf, useBrowser } from './page';

useBrowser();

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const middle = (all: number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;

test('the initial script', () => {
  const assets = resolve(import.meta.dirname, '../dist/pages/assets');
  const html = readFileSync(resolve(assets, '../index.html'), 'utf8');
  const initial = readdirSync(assets).filter(
    (name) => html.includes(name.replace(/\.gz$/, '')) && name.endsWith('.gz'),
  );
  const size = (names: string[]): number => names.reduce((sum, n) => sum + readFileSync(resolve(assets, n)).length, 0);
  const scripts = initial.filter((n) => n.endsWith('.js.gz'));
  const library = readdirSync(assets).filter((n) => n.endsWith('.js.gz') && !scripts.includes(n));
  say(
    `initial script: ${(size(scripts) / 1000).toFixed(1)} kB gzip; the map library, loaded beside it: ${(size(library) / 1000).toFixed(0)} kB gzip`,
  );
});

test('the first useful map', async () => {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const visit = await open('/');
    await drawn(visit.page);
    times.push(await visit.page.evaluate(() => performance.now()));
    await close(visit);
  }
  say(
    `first useful map: ${(middle(times) / 1000).toFixed(2)} s, median of ${times.length} with an empty cache: every tile drawn, every area coloured`,
  );
});

test('frames while a site is dragged', async () => {
  const visit = await open('/plan?option=O1', { viewport: { width: 1280, height: 800 } });
  const { page } = visit;
  await drawn(page);
  await page.locator('section[aria-busy=false] .said').waitFor();
  const site = (await api<{ items: Site[] }>('/sites')).items.find((s) => s.site_id === 'S20');
  const { x, y } = await pixelOf(page, site?.lon ?? NaN, site?.lat ?? NaN);
  const answers: number[] = [];
  page.on('requestfinished', (r) => {
    if (r.url().endsWith('/what-if')) answers.push(r.timing().responseEnd);
  });
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const count = (now: number): void => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    Object.assign(window, { frames });
  });
  const steps = 400;
  for (let i = 0; i < steps; i++) {
    const turn = (i / steps) * 4 * Math.PI;
    await page.mouse.move(x + 60 * Math.sin(turn), y + 40 * (1 - Math.cos(turn)));
  }
  const frames = (await page.evaluate(() => (window as unknown as { frames: number[] }).frames)).slice(1);
  await page.mouse.up();
  const under = frames.filter((f) => f < 32).length / frames.length;
  const p95 = [...frames].sort((a, b) => a - b)[Math.floor(0.95 * frames.length)] ?? NaN;
  say(
    `dragging: ${(100 * under).toFixed(1)}% of ${frames.length} frames under 32 ms, 95th percentile ${p95.toFixed(1)} ms; ` +
      `${answers.length} answers meanwhile, ${middle(answers).toFixed(0)} ms each in the middle`,
  );
  await close(visit);
});
