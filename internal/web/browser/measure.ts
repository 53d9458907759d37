// How fast the pages are: frames while a site is dragged, the first useful map,
// and what a browser has to fetch before it shows anything.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { inject, test } from 'vitest';
import type { Site } from '../src/types';
import { close, drawn, open, pixelOf, useBrowser } from './page';
import { start } from './service';

useBrowser();

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The number that a share of all is no greater than. */
const part = (all: number[], share: number): number =>
  [...all].sort((a, b) => a - b)[Math.floor(share * all.length)] ?? NaN;

test('the initial script', () => {
  const assets = resolve(import.meta.dirname, '../dist/pages/assets');
  const html = readFileSync(resolve(assets, '../index.html'), 'utf8');
  const initial = readdirSync(assets).filter(
    (name) => html.includes(name.replace(/\.gz$/, '')) && name.endsWith('.gz'),
  );
  const size = (names: string[]): number => names.reduce((sum, n) => sum + readFileSync(resolve(assets, n)).length, 0);
  const scripts = initial.filter((n) => n.endsWith('.js.gz'));
  const later = readdirSync(assets).filter((n) => n.endsWith('.js.gz') && !scripts.includes(n));
  const charts = later.filter((n) => n.startsWith('drawings'));
  const library = later.filter((n) => !charts.includes(n));
  say(
    `initial script: ${(size(scripts) / 1000).toFixed(1)} kB gzip; the map library, loaded beside it: ${(size(library) / 1000).toFixed(0)} kB gzip; ` +
      `the charts, loaded after it: ${(size(charts) / 1000).toFixed(0)} kB gzip`,
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
    `first useful map: ${(part(times, 0.5) / 1000).toFixed(2)} s, median of ${times.length} with an empty cache: every tile drawn, every area coloured`,
  );
});

/** What a drag is measured by, in milliseconds. */
type Drag = { frames: number[]; ages: number[] };

/**
 * Notes, from now on, the time from each frame to the next, and the age of the
 * numbers: from when the page asks what a place of the mouse would do to the frame
 * that shows the answer.
 */
async function watch(page: Page): Promise<() => Promise<Drag>> {
  await page.evaluate(() => {
    const drag: Drag = { frames: [], ages: [] };
    let last = performance.now();
    const count = (now: number): void => {
      drag.frames.push(now - last);
      last = now;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    const ask = window.fetch;
    window.fetch = async (...asked) => {
      const began = performance.now();
      const answer = await ask(...asked);
      const read = answer.text.bind(answer);
      answer.text = async () => {
        const text = await read();
        requestAnimationFrame(() => drag.ages.push(performance.now() - began));
        return text;
      };
      return answer;
    };
    Object.assign(window, { drag });
  });
  return () => page.evaluate(() => (window as unknown as { drag: Drag }).drag);
}

/** Drags a site around twice, 400 places of the mouse, and says how the page kept up. */
async function measureDrag(origin: string, option: string, id: string): Promise<string> {
  const visit = await open(`/plan?option=${option}`, { viewport: { width: 1280, height: 800 }, baseURL: origin });
  const { page } = visit;
  await drawn(page);
  await page.locator('section[aria-busy=false] .said').waitFor();
  const sites = (await (await fetch(`${origin}/api/v1/sites`)).json()) as { items: Site[] };
  const site = sites.items.find((s) => s.site_id === id);
  const { x, y } = await pixelOf(page, site?.lon ?? NaN, site?.lat ?? NaN);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const watched = await watch(page);
  const steps = 400;
  for (let i = 0; i < steps; i++) {
    const turn = (i / steps) * 4 * Math.PI;
    await page.mouse.move(x + 60 * Math.sin(turn), y + 40 * (1 - Math.cos(turn)));
  }
  const { frames, ages } = await watched();
  await page.mouse.up();
  await close(visit);
  const under = frames.slice(1).filter((f) => f < 32).length / (frames.length - 1);
  return (
    `${(100 * under).toFixed(1)}% of ${frames.length - 1} frames under 32 ms, 95th percentile ${part(frames, 0.95).toFixed(1)} ms; ` +
    `${ages.length} answers for ${steps} places of the mouse, from asking to the frame that shows them ` +
    `${part(ages, 0.5).toFixed(0)} ms in the middle, 95th percentile ${part(ages, 0.95).toFixed(0)} ms`
  );
}

test('frames while a site is dragged', async () => {
  say(`dragging, sample county: ${await measureDrag(inject('origin'), 'O1', 'S20')}`);
});

const real = process.env['HUBREACH_REAL'] ?? resolve(import.meta.dirname, '../../../../shared/data/real');

test.skipIf(!existsSync(real))('frames while a site of Kent is dragged', async () => {
  const kent = resolve(import.meta.dirname, '../../../data/studies/kent.toml');
  const service = await start([kent, '--data', real]);
  try {
    say(`dragging, Kent: ${await measureDrag(service.origin, 'current', 'greenfields-family-hub-me15-8dr')}`);
  } finally {
    await service.stop();
  }
});
