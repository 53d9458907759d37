import { expect, test } from 'vitest';
import { costsOf, formatChanges, parseChanges, withChange, withCosts, withoutSite, type Change } from './changes';
import { asked } from './places/plan-asked';
import { documentSites } from './places/plan-document';

const closed: Change = { kind: 'status', site: 'S01', status: 'closed' };
const moved: Change = { kind: 'move', site: 'S01', lon: 1, lat: 51 };
const added: Change = { kind: 'add', site: 'NEW1', lon: 2, lat: 52, name: 'New' };

test.each([
  ['the first change', [], closed, 'hub', [closed]],
  [
    'another of the same kind takes its place',
    [closed],
    { ...closed, status: 'new' },
    'hub',
    [{ ...closed, status: 'new' }],
  ],
  ['one of another kind stands beside it', [closed], moved, 'hub', [closed, moved]],
  ['back to what the site was', [closed, moved], { ...closed, status: 'hub' }, 'hub', [moved]],
  [
    'moving what was added adds it elsewhere',
    [added],
    { kind: 'move', site: 'NEW1', lon: 3, lat: 53 },
    undefined,
    [{ ...added, lon: 3, lat: 53 }],
  ],
] as [string, Change[], Change, string | undefined, Change[]][])('%s', (_, before, change, was, want) => {
  const kept = structuredClone(before);
  expect(withChange(before, change, was)).toEqual(want);
  expect(before).toEqual(kept); // changes are replaced, never changed
});

test('taking back a site takes back all that was changed of it', () => {
  expect(withoutSite([closed, added, moved], 'S01')).toEqual([added]);
});

test('changes of one site become one site of an option document', () => {
  expect(documentSites([closed, moved, added])).toEqual([
    { id: 'S01', status: 'closed', lon: 1, lat: 51 },
    { id: 'NEW1', lon: 2, lat: 52, name: 'New', status: 'new' },
  ]);
});

test.each([
  [
    'both costs',
    '20000',
    '90000.5',
    { running: 20000, staffing: 90000.5 },
    'add:NEW1:2.00000:52.00000:New:20000:90000.5',
  ],
  ['one cost', '', '90000', { staffing: 90000 }, 'add:NEW1:2.00000:52.00000:New::90000'],
  ['nothing costs nothing', '0', '', { running: 0 }, 'add:NEW1:2.00000:52.00000:New:0:'],
  ['no cost', '', ' ', {}, 'add:NEW1:2.00000:52.00000:New'],
  ['no amounts', '-1', '2e12', {}, 'add:NEW1:2.00000:52.00000:New'],
])('%s of an added building', (_, running, staffing, costs, address) => {
  const changes = withCosts([closed, added], 'NEW1', costsOf(running, staffing));
  expect(changes).toEqual([closed, { ...added, ...costs }]);
  expect(formatChanges(changes.slice(1))).toBe(address);
  expect(parseChanges(address)).toEqual(changes.slice(1));
  expect(withCosts(changes, 'NEW1', {})).toEqual([closed, added]); // an emptied field is no cost again
});

test('the service is told the costs that are known, and no others', () => {
  const changes = withCosts([added], 'NEW1', { staffing: 90000 });
  expect(asked(changes)).toEqual([{ do: 'add', site_id: 'NEW1', lon: 2, lat: 52, name: 'New', staffing_gbp: 90000 }]);
  expect(documentSites(changes)).toEqual([
    { id: 'NEW1', lon: 2, lat: 52, name: 'New', status: 'new', staffing_gbp: 90000 },
  ]);
});
