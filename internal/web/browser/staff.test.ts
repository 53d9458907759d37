// Sessions against the district's staff, in a county that says what its districts
// can staff: the sample county with one session a week in each, and none in one.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { people } from '../src/number';
import type { StaffPlan, Target } from '../src/types';
import { close, open, quiet, useBrowser } from './page';
import { start, type Service } from './service';

useBrowser();

const sample = resolve(import.meta.dirname, '../../../data/sample');
const perWeek = 1;
const weeks = 48; // of a year in which sessions are held (outreach.Weekly.PerYear)
const without = 'E07900001'; // Harrowmere

let folder = '';
let service: Service;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hubreach-staff-'));
  const study = join(folder, 'study.toml');
  const staff = `\n[outreach]\nsessions_per_week = ${perWeek}\ndistrict_sessions = { ${without} = 0 }\n`;
  writeFileSync(study, readFileSync(join(sample, 'study.toml'), 'utf8') + staff);
  service = await start([study, '--data', sample]);
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true });
});

/** Asks this county's service. */
async function ask<T>(path: string): Promise<T> {
  const answer = await fetch(`${service.origin}/api/v1${path}`);
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as T;
}

test('no district plans more sessions than it staffs, and who is left without is said', async () => {
  const { districts, in_need_0_19: county } = await ask<StaffPlan>('/outreach/plan?option=O2');
  const visit = await open('/outreach?option=O2', { baseURL: service.origin });
  const { page } = visit;
  await quiet(page);
  const rows = page.getByRole('region', { name: 'Sessions a year' }).locator('tbody tr');
  const read = (await rows.allInnerTexts()).map((row) => row.split('\t'));
  const shown = (n: number | null): string => people(n);
  expect(read).toEqual(
    districts.map((d) => [
      d.district_name,
      shown(d.staffed_sessions),
      shown(d.planned_sessions),
      shown(d.wanted_sessions),
      shown(d.in_need_0_19.unmet),
    ]),
  );
  for (const [name, staffed, planned] of read) {
    expect(Number(staffed), name).toBe(name === 'Harrowmere' ? 0 : weeks * perWeek);
    expect(Number(planned), name).toBeLessThanOrEqual(Number(staffed));
  }
  expect(county.unmet).toBeGreaterThan(0);
  const figure = page.locator('.figure', { hasText: 'with no session left' }).locator('dd');
  expect(await figure.innerText()).toBe(people(county.unmet));
  expect(visit.errors).toEqual([]);
  await close(visit);
});

test('targets that no session is left for can be listed, and say why', async () => {
  const unmet = (await ask<{ items: Target[] }>('/outreach?option=O2&frequency=unmet&sort=-in_need_0_19')).items;
  expect(unmet.length).toBeGreaterThan(0);
  const visit = await open('/outreach?option=O2', { baseURL: service.origin });
  const { page } = visit;
  await page.getByLabel('Frequency').selectOption('unmet');
  await quiet(page);
  const list = page.getByRole('region', { name: 'Target areas' });
  await expect.poll(() => list.locator('tbody tr').count()).toBe(Math.min(40, unmet.length));
  for (const often of await list.locator('tbody tr td:nth-child(5)').allInnerTexts())
    expect(often).toBe('No session left');
  await list
    .getByRole('button', { name: unmet[0]?.place ?? '', exact: true })
    .first()
    .click();
  expect(await page.locator('.card').innerText()).toContain('no staffed session left');
  await close(visit);
});
