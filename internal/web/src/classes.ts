// The classes of the maps: colours that stay apart without red or green, each
// with a hatch or an order of its own, in a light and a dark dress.
//
// The hues of the outreach classes, and their hatches, are those of the maps that
// hubreach writes into files: M. Okabe and K. Ito, "Color universal design"
// (2008), lightened. The sequential ones are steps of viridis (S. van der Walt
// and N. Smith, matplotlib 2015), which fall evenly in lightness.
import type { Theme } from './address';

/** A class of areas. The hatch is an SVG path in a square tile of the given side. */
export type Class = {
  name: string;
  light: string;
  dark: string;
  hatch?: { side: number; path: string; width: number; light: string; dark: string };
};

const outreach: Class[] = [
  { name: 'inside', light: '#a9d3ee', dark: '#1d587f' },
  {
    name: 'edge_of_town',
    light: '#f5a623',
    dark: '#b97a10',
    hatch: { side: 6, path: 'M-1 1L1-1M0 6L6 0M5 7L7 5', width: 1.3, light: '#5f3a00', dark: '#2b1a00' },
  },
  {
    name: 'whole_town',
    light: '#e2703a',
    dark: '#a9481b',
    hatch: { side: 7, path: 'M0 0L7 7M7 0L0 7', width: 1, light: '#4a1500', dark: '#2a0b00' },
  },
  {
    name: 'rural',
    light: '#cfe8dc',
    dark: '#28584a',
    hatch: { side: 9, path: 'M-1 8L1 10M0 0L9 9M8-1L10 1', width: 0.9, light: '#5a9c82', dark: '#6fb79b' },
  },
  {
    name: 'detached_youth',
    light: '#d3b3e0',
    dark: '#6c4a80',
    hatch: { side: 5, path: 'M2.5 0V5', width: 1.6, light: '#51226b', dark: '#d3b3e0' },
  },
  {
    name: 'none',
    light: '#f4f1ea',
    dark: '#3b3a36',
    hatch: { side: 9, path: 'M4 4.5H5.4', width: 1.4, light: '#a9a294', dark: '#8d877a' },
  },
];

const need: Class[] = [
  { name: 'most', light: '#440154', dark: '#fde725' },
  { name: 'more', light: '#3e4c8a', dark: '#5ec962' },
  { name: 'middle', light: '#27808e', dark: '#21918c' },
  { name: 'less', light: '#52c569', dark: '#3b528b' },
  { name: 'least', light: '#f1e51d', dark: '#51246b' },
];

const walk: Class[] = [
  { name: 'to10', light: '#08519c', dark: '#9ecae1' },
  { name: 'to15', light: '#4292c6', dark: '#6baed6' },
  { name: 'to20', light: '#9ecae1', dark: '#3a7cb2' },
  { name: 'to30', light: '#fdae6b', dark: '#b5651d' },
  { name: 'over', light: '#a63603', dark: '#7a2a05' },
  {
    name: 'beyond',
    light: '#d9d9d9',
    dark: '#4a4a4a',
    hatch: { side: 7, path: 'M0 0L7 7M7 0L0 7', width: 0.8, light: '#7a7a7a', dark: '#9a9a9a' },
  },
];

const difference: Class[] = [
  {
    name: 'lost',
    light: '#d95f02',
    dark: '#c75a0a',
    hatch: { side: 7, path: 'M0 0L7 7M7 0L0 7', width: 1.2, light: '#4a1500', dark: '#2a0b00' },
  },
  { name: 'kept', light: '#c9dcea', dark: '#2d4a5e' },
  {
    name: 'gained',
    light: '#1f78b4',
    dark: '#4aa3df',
    hatch: { side: 7, path: 'M3.5 0V7M0 3.5H7', width: 1.1, light: '#ffffff', dark: '#08283d' },
  },
  {
    name: 'neither',
    light: '#f1efe9',
    dark: '#3b3a36',
    hatch: { side: 9, path: 'M4 4.5H5.4', width: 1.4, light: '#a9a294', dark: '#8d877a' },
  },
];

/** The classes of each theme, in the order of its legend. */
export const classes: Record<Theme, Class[]> = { outreach, need, walk, difference };

/** What is known of an area under an option. */
export type AreaFacts = {
  uncovered: boolean | null;
  primary_category: string | null;
  need_decile: number | null;
  walk_min: number | null;
};

/** The class of an area by its primary outreach category, else by where it is. */
export function outreachClass(a: AreaFacts): number {
  const at = outreach.findIndex((c) => c.name === a.primary_category);
  if (at >= 0) return at;
  return a.uncovered ? outreach.length - 1 : 0;
}

/** The class of an area by its national decile of need: two deciles a class. */
export function needClass(a: AreaFacts): number {
  return a.need_decile == null ? -1 : Math.min(4, Math.floor((a.need_decile - 1) / 2));
}

/** The class of an area by its typical walk. A limit belongs to the class it ends. */
export function walkClass(a: AreaFacts): number {
  if (a.walk_min == null) return walk.length - 1;
  const at = [10, 15, 20, 30].findIndex((limit) => a.walk_min! <= limit);
  return at < 0 ? 4 : at;
}

/** The class of an area by whether it is in reach under one option and another. */
export function differenceClass(before: AreaFacts, after: AreaFacts): number {
  if (before.uncovered) return after.uncovered ? 3 : 2;
  return after.uncovered ? 0 : 1;
}
