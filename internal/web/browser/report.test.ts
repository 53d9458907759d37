// The committee report as a councillor opens it: from a disk, in the system's
// browser. The sample county always; Kent where HUBREACH_REAL has its data.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { close, open, useBrowser, violations } from './page';
import { program } from './service';

useBrowser();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hubreach-report-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const real = process.env['HUBREACH_REAL'] ?? '';
const kent = resolve(import.meta.dirname, '../../../data/studies/kent.toml');
const studies = [
  { name: 'the sample county', call: ['sample', '--options', 'O5,O1'], here: true },
  {
    name: 'Kent',
    call: [kent, '--data', real, '--options', 'merge_800m,current'],
    here: real !== '' && existsSync(join(real, 'MANIFEST.csv')),
  },
];

/** Makes a report by the command line, with a ranking tested by few draws; returns its file. */
function report(call: string[], name: string): string {
  const file = join(folder, name);
  execFileSync(program, ['report', ...call, '--draws', '5', '--out', file], { stdio: 'pipe' });
  return file;
}

for (const { name, call, here } of studies) {
  test.runIf(here)(
    `${name}: no error, no dead link, nothing against WCAG 2.2 AA, light, dark, 320 pixels`,
    async () => {
      const file = report(call, 'report.html');
      const visit = await open(pathToFileURL(file).href, { colorScheme: 'light' });
      const { page } = visit;
      const asked: string[] = [];
      page.on('request', (r) => asked.push(r.url()));
      await page.reload();
      expect(asked).toEqual([pathToFileURL(file).href]); // one file, and nothing else from anywhere
      expect(await deadLinks(page)).toEqual([]);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await violations(page)).toEqual([]);
      }
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      expect(visit.errors).toEqual([]);
      await close(visit);
    },
  );
}

test('on paper: every table within the page, its head again on each, no heading alone', async () => {
  const visit = await open(pathToFileURL(report(['sample', '--options', 'O1,O5'], 'printed.html')).href);
  const { page } = visit;
  await page.emulateMedia({ media: 'print' });
  const inner = Math.floor(((210 - 2 * 16) / 25.4) * 96); // A4 less the margins that the report asks for, in pixels
  await page.setViewportSize({ width: inner, height: 1000 });
  const wide = await page.evaluate(
    (inner) =>
      [...document.querySelectorAll('table, svg')]
        .filter((e) => e.getBoundingClientRect().width > inner + 1)
        .map((e) => e.id),
    inner,
  );
  expect(wide).toEqual([]);
  const kept = await page.evaluate(() => ({
    heads: [...document.querySelectorAll('thead')].every((e) => getComputedStyle(e).display === 'table-header-group'),
    headings: [...document.querySelectorAll('h2, h3, caption')].every(
      (e) => getComputedStyle(e).breakAfter === 'avoid',
    ),
    rows: [...document.querySelectorAll('tr, figure')].every((e) => getComputedStyle(e).breakInside === 'avoid'),
  }));
  expect(kept).toEqual({ heads: true, headings: true, rows: true });
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const pages = paper.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  expect(pages).toBeGreaterThan(10);
  expect(pages).toBeLessThan(60);
  await close(visit);
});

test('the PDF opens with its title, and says that it is tagged', () => {
  const pdf = readFileSync(report(['sample', '--options', 'O1,O5'], 'report.pdf')).toString('latin1');
  for (const wanted of ['/MarkInfo <</Marked true>>', '/DisplayDocTitle true', '/Lang (en-GB)', '/StructTreeRoot']) {
    expect(pdf).toContain(wanted);
  }
});

/** Links that lead nowhere: to another file, or to no part of this one. */
async function deadLinks(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a')]
      .map((a) => a.getAttribute('href') ?? '')
      .filter((href) => !href.startsWith('#') || !document.getElementById(href.slice(1))),
  );
}
