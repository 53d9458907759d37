// A browser for the tests of a file, and what tests ask of pages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { CountyMap } from '../src/map/county-map';
import { patience } from '../vitest.browser.config';

/** Debian's browser. */
export const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/**
 * Without a graphics card Chromium puts the page together on the processor, only
 * what has changed (chrome://gpu: "Compositing: Software only"). Told to draw WebGL
 * by SwiftShader it would put the page together by it as well, all of the window
 * for every frame: hence disable-gpu-compositing.
 */
export const args = [
  '--no-sandbox',
  '--disable-gpu-compositing',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

let browser: Browser;

/** Gives the tests of a file a browser. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser.close());
}

/** A page, and the errors that it met. */
export type Visit = { page: Page; errors: string[] };

/** How many times slower the browser is made: HUBREACH_SLOW=6 shows what passes on a fast machine alone. */
const slower = Number(process.env['HUBREACH_SLOW'] ?? 1);

/** Opens an address in a context of its own. */
export async function open(path: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 720 },
    baseURL: inject('origin'),
    ...options,
  });
  context.setDefaultTimeout(patience);
  context.setDefaultNavigationTimeout(patience);
  const page = await context.newPage();
  if (slower > 1) {
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  }
  const errors: string[] = [];
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error') errors.push(m.text());
  });
  await page.goto(path);
  return { page, errors };
}

/** Closes a page with all that belongs to it. */
export async function close({ page }: Visit): Promise<void> {
  await page.context().close();
}

/** Waits until every map of the page has drawn all that it is told. */
export async function drawn(page: Page): Promise<void> {
  await page.locator('.map[data-ready=true]').first().waitFor();
  await page.waitForFunction(() =>
    [...document.querySelectorAll<HTMLElement & { county?: CountyMap }>('.map')].every(
      (box) => box.county?.map.loaded() && box.county.map.areTilesLoaded(),
    ),
  );
}

/** Waits until nothing is on its way: no part of the page says so, and no figure is behind. */
export async function quiet(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector('.waiting, [aria-busy=true]'));
}

/** Opens all that is folded away, and what is folded away in that, and waits for it. */
export async function unfolded(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const all = [...document.querySelectorAll('details')];
    all.forEach((d) => (d.open = true));
    return all.every((d) => d.children.length > 1) && !document.querySelector('.waiting, [aria-busy=true]');
  });
}

/** Where the map draws a building, in pixels of the page, once it does. */
export async function markOf(page: Page, id: string): Promise<{ x: number; y: number }> {
  const found = await page.waitForFunction((id) => {
    const box = [...document.querySelectorAll<HTMLElement & { county?: CountyMap }>('.map')].at(-1);
    const map = box?.county?.map;
    if (!box || !map?.getLayer('sites') || !map.loaded()) return null;
    const mark = map.queryRenderedFeatures({ layers: ['sites'] }).find((f) => f.properties['id'] === id);
    if (mark?.geometry.type !== 'Point') return null;
    const corner = box.getBoundingClientRect();
    const { x, y } = map.project(mark.geometry.coordinates as [number, number]);
    return { x: corner.x + x, y: corner.y + y };
  }, id);
  const at = await found.jsonValue();
  if (!at) throw new Error(`the map does not draw ${id}`);
  return at;
}

/** Where a place of the ground is on the first map, in pixels of the page. */
export async function pixelOf(page: Page, lon: number, lat: number): Promise<{ x: number; y: number }> {
  return page
    .locator('.map')
    .last()
    .evaluate(
      (box: HTMLElement & { county?: CountyMap }, at) => {
        const point = box.county?.map.project(at);
        const corner = box.getBoundingClientRect();
        return { x: corner.x + (point?.x ?? NaN), y: corner.y + (point?.y ?? NaN) };
      },
      [lon, lat] as [number, number],
    );
}

/** Presses Tab until an element of the page has the focus, as somebody without a mouse does; back: with Shift. */
export async function tabTo(page: Page, to: Locator, way: 'on' | 'back' = 'on'): Promise<void> {
  const most = 400; // more than any place has to stop at
  const wanted = await to.first().elementHandle();
  for (let i = 0; i < most; i++) {
    await page.keyboard.press(way === 'on' ? 'Tab' : 'Shift+Tab');
    if (await page.evaluate((e) => e === document.activeElement, wanted)) return;
  }
  throw new Error(`${most} times Tab never came to ${to.toString()}`);
}

/** Asks the service without a page. */
export async function api<T>(path: string, init: RequestInit = {}): Promise<T> {
  const answer = await fetch(`${inject('origin')}/api/v1${path}`, init);
  expect(answer.ok, `${path}: ${answer.status}`).toBe(true);
  return (await answer.json()) as T;
}

/** Takes an option out again that a test has kept: the tests of every file ask one service. */
export async function forget(id: string): Promise<void> {
  const path = `${inject('origin')}/api/v1/options/${id}`;
  const tag = (await fetch(path)).headers.get('ETag') ?? '';
  const headers = { Authorization: `Bearer ${inject('token')}`, 'If-Match': tag };
  const answer = await fetch(path, { method: 'DELETE', headers });
  expect(answer.status, `${path}: ${await answer.text()}`).toBe(204);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/**
 * What axe-core finds against WCAG 2.2 AA, or against some of its rules, a line a
 * rule, with the first elements that break it.
 */
export async function violations(page: Page, only?: string[]): Promise<string[]> {
  type Axe = { axe: { run: (options: object) => Promise<AxeResults> } };
  await page.evaluate(axe); // not as a script element: the page's own policy forbids one
  const found = await page.evaluate(
    (runOnly) => (window as unknown as Axe).axe.run({ runOnly, resultTypes: ['violations'] }),
    only ? { type: 'rule', values: only } : { type: 'tag', values: rules },
  );
  const said = (n: AxeResults['violations'][number]['nodes'][number]): string => `${n.html} ${n.failureSummary ?? ''}`;
  return found.violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map(said).join(' | ')}`);
}
