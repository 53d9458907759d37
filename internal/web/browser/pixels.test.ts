// The colours on the map are those of the legend: of a place within the walk and
// of one outside, light and dark.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Area } from '../src/types';
import { api, close, drawn, open, pixelOf, useBrowser } from './page';

useBrowser();

type Ring = [number, number][];
type Feature = { properties: Area; geometry: { coordinates: Ring[][] } };

/** A point well inside an area: the middle of the widest run along its middle latitude. */
function inside(feature: Feature): [number, number] {
  const ring = feature.geometry.coordinates[0]?.[0] ?? [];
  const lats = ring.map(([, lat]) => lat);
  const lat = (Math.min(...lats) + Math.max(...lats)) / 2;
  const crossings = ring.flatMap(([lon, y], i) => {
    const [lon2, y2] = ring[(i + 1) % ring.length] ?? [lon, y];
    return y > lat === y2 > lat ? [] : [lon + ((lat - y) / (y2 - y)) * (lon2 - lon)];
  });
  crossings.sort((a, b) => a - b);
  let best: [number, number] = [crossings[0] ?? 0, crossings[1] ?? 0];
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const run: [number, number] = [crossings[i] ?? 0, crossings[i + 1] ?? 0];
    if (run[1] - run[0] > best[1] - best[0]) best = run;
  }
  return [(best[0] + best[1]) / 2, lat];
}

/** The colour that most pixels of a small square around a place have. */
async function colourAt(page: Page, at: [number, number]): Promise<string> {
  const { x, y } = await pixelOf(page, ...at);
  const picture = await page.screenshot({ clip: { x: x - 8, y: y - 8, width: 16, height: 16 } });
  return page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 16;
    const c = canvas.getContext('2d');
    c?.drawImage(image, 0, 0);
    const data = c?.getImageData(0, 0, 16, 16).data ?? [];
    const counts = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      const hex = `#${[0, 1, 2].map((k) => (data[i + k] ?? 0).toString(16).padStart(2, '0')).join('')}`;
      counts.set(hex, (counts.get(hex) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  }, picture.toString('base64'));
}

test.each(['light', 'dark'] as const)('%s', async (colorScheme) => {
  const { features } = await api<{ features: Feature[] }>('/areas?option=O2&format=geojson&limit=1000');
  const one = (of: (a: Area) => boolean): Feature => features.find((f) => of(f.properties))!;
  const places = [
    { legend: 'inside', at: inside(one((a) => !a.primary_category && !a.uncovered)) },
    { legend: 'rural', at: inside(one((a) => a.primary_category === 'rural')) },
    { legend: 'none', at: inside(one((a) => !a.primary_category && a.uncovered)) },
  ];
  for (const { legend, at } of places) {
    const visit = await open(`/?option=O2&layers=&map=14,${at.join()}`, { colorScheme });
    await drawn(visit.page);
    const wanted = await visit.page.locator(`.legend [data-class=${legend}]`).getAttribute('data-colour');
    await expect.poll(() => colourAt(visit.page, at)).toBe(wanted);
    await close(visit);
  }
});
