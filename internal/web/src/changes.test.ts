import { expect, test } from 'vitest';
import { withChange, withoutSite, type Change } from './changes';
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
