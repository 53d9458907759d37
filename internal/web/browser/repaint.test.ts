// Where only areas change, the map draws only the ground around them again. What
// comes of it is, to the pixel, what drawing all of it anew gives.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { CountyMap } from '../src/map/county-map';
import type { Area } from '../src/types';
import { api, close, drawn, open, useBrowser } from './page';

useBrowser();

type Told = HTMLElement & { county: CountyMap };

/** Watches what of the map each frame draws: a box (left, bottom, width, height), or null for all of it. */
async function watchFrames(page: Page): Promise<() => Promise<(number[] | null)[]>> {
  await page.evaluate(() => {
    const { map } = document.querySelector<Told>('.map')!.county;
    const gl = map.getCanvas().getContext('webgl2')!;
    const frames: (number[] | null)[] = [];
    const scissor = gl.scissor.bind(gl);
    let box: number[] | null = null;
    gl.scissor = (...around) => {
      box = around;
      scissor(...around);
    };
    map.on('render', () => {
      frames.push(box);
      box = null;
    });
    Object.assign(window, { frames });
  });
  return () => page.evaluate(() => (window as unknown as { frames: (number[] | null)[] }).frames);
}

/** Gives areas other classes and waits for the frame that shows them. */
async function paint(page: Page, classes: Record<string, number>): Promise<void> {
  await page.evaluate(async (classes) => {
    const { county } = document.querySelector<Told>('.map')!;
    const shown = new Promise((done) => county.map.once('idle', done));
    county.paint('outreach', new Map(Object.entries(classes)));
    await shown;
  }, classes);
}

/** Draws all of the map anew. */
async function whole(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { map } = document.querySelector<Told>('.map')!.county;
    const shown = new Promise((done) => map.once('idle', done));
    map.resize();
    await shown;
  });
}

const picture = (page: Page): Promise<Buffer> => page.locator('.maps').screenshot();

test.each([1, 2])('the ground around an area is drawn again, at %d pixels a pixel', async (deviceScaleFactor) => {
  const visit = await open('/plan?option=O1&layers=streets,names,sites,catchments', { deviceScaleFactor });
  const { page } = visit;
  await drawn(page);
  const areas = (await api<{ items: Area[] }>('/areas?option=O1&limit=1000')).items;
  const classes = Object.fromEntries(areas.map((a) => [a.area_code, 0]));
  await paint(page, classes);
  await whole(page);
  const before = await picture(page);
  const framesSoFar = await watchFrames(page);
  const [first, , , fourth] = areas;
  await paint(page, { ...classes, [first!.area_code]: 1, [fourth!.area_code]: 4 });
  const part = await picture(page);
  expect(part.equals(before)).toBe(false);
  const canvas = await page.evaluate(() => {
    const { width, height } = document.querySelector<Told>('.map')!.county.map.getCanvas();
    return width * height;
  });
  const frames = await framesSoFar();
  expect(frames.length).toBeGreaterThan(0);
  for (const box of frames) expect((box?.[2] ?? NaN) * (box?.[3] ?? NaN)).toBeLessThan(canvas / 4);
  await whole(page);
  expect((await framesSoFar()).at(-1)).toBe(null);
  expect((await picture(page)).equals(part)).toBe(true);
  await paint(page, classes);
  expect((await picture(page)).equals(before)).toBe(true);

  const box = (await page.locator('.maps').boundingBox())!;
  for (const away of [0.4, 0.5]) await page.mouse.move(box.x + away * box.width, box.y + away * box.height);
  const hovered = await picture(page);
  expect(hovered.equals(before)).toBe(false); // one area is framed, and the one before no more
  await whole(page);
  expect((await picture(page)).equals(hovered)).toBe(true);
  expect(visit.errors).toEqual([]);
  await close(visit);
});
