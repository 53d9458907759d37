import { describe, expect, test } from 'vitest';
import { formatAddress, parseAddress, type View } from './address';

const views: { name: string; view: View; at: string }[] = [
  { name: 'nothing but the place', view: { place: 'overview' }, at: '/' },
  {
    name: 'an option, its area, and where the map looks',
    view: { place: 'overview', option: 'O1', area: 'E01900002', camera: { zoom: 9.25, centre: [0.1234, 51.5] } },
    at: '/?option=O1&area=E01900002&map=9.25,0.12340,51.50000',
  },
  {
    name: 'no overlays is not the same as nothing said of them',
    view: { place: 'plan', overlays: [] },
    at: '/plan?layers=',
  },
  {
    name: 'two options and how far they are swiped',
    view: { place: 'compare', option: 'O1', beside: 'O5', theme: 'walk', overlays: ['streets', 'sites'], swipe: 0.5 },
    at: '/compare?option=O1&beside=O5&colour=walk&layers=streets,sites&swipe=0.50',
  },
  { name: 'a doorstep', view: { place: 'doorstep', home: [-1.5, 51.25] }, at: '/doorstep?home=-1.50000,51.25000' },
  { name: 'a postcode', view: { place: 'doorstep', postcode: 'EM1 1RZ' }, at: '/doorstep?postcode=EM1%201RZ' },
  {
    name: 'changes, with a name that needs escapes',
    view: {
      place: 'plan',
      changes: [
        { kind: 'status', site: 'S05', status: 'closed' },
        { kind: 'add', site: 'NEW1', lon: 0.5, lat: 51, name: 'Fair, new: 50% & more' },
      ],
    },
    at: '/plan?changes=status:S05:closed,add:NEW1:0.50000:51.00000:Fair%252C%2520new%253A%252050%2525%2520%2526%2520more',
  },
];

test.each(views)('$name: written, and read back', ({ view, at }) => {
  expect(formatAddress(view)).toBe(at);
  const url = new URL(at, 'http://county.example');
  expect(parseAddress(url.pathname, url.search)).toEqual(view);
});

describe('what cannot be meant is left out', () => {
  test.each([
    ['an unknown colour', '/', '?colour=mauve', { place: 'overview' }],
    ['an unknown layer', '/', '?layers=streets,moats', { place: 'overview', overlays: ['streets'] }],
    ['a doorstep off the earth', '/doorstep', '?home=181,0', { place: 'doorstep' }],
    ['a doorstep at the very edge', '/doorstep', '?home=180,-90', { place: 'doorstep', home: [180, -90] }],
    ['half a camera', '/', '?map=9', { place: 'overview' }],
    ['a swipe past the edge', '/compare', '?swipe=1.01', { place: 'compare' }],
    ['a swipe of nothing', '/compare', '?swipe=', { place: 'compare' }],
    ['changes of no kind', '/plan', '?changes=burn:S01,status:S02:ruin,move:S03:x:y,%', { place: 'plan' }],
  ])('%s', (_, path, search, want) => expect(parseAddress(path, search)).toEqual(want));

  test('a path that is no place', () => expect(parseAddress('/nowhere', '')).toBeNull());
});
