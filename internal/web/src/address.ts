// What a page shows is what its address says: a link reproduces the picture.
import { formatChanges, parseChanges, type Change } from './changes';

/** The places of the site, each with a path of its own. */
export const places = ['overview', 'compare', 'plan', 'outreach', 'doorstep', 'method', 'accessibility'] as const;
export type Place = (typeof places)[number];

/** What the areas of a map are coloured by. */
export const themes = ['outreach', 'need', 'walk', 'difference'] as const;
export type Theme = (typeof themes)[number];

/** What is drawn over the areas. */
export const overlays = ['streets', 'names', 'catchments', 'sites', 'targets'] as const;
export type Overlay = (typeof overlays)[number];

/** Longitude and latitude in degrees, WGS84. */
export type LonLat = readonly [lon: number, lat: number];

/** Where the map looks: zoom, longitude and latitude. */
export type Camera = { zoom: number; centre: LonLat };

/** All that an address says. What is absent is chosen by the page. */
export type View = {
  place: Place;
  option?: string;
  beside?: string; // the option that option is compared with
  theme?: Theme;
  overlays?: Overlay[];
  area?: string;
  site?: string;
  target?: string;
  district?: string;
  category?: string;
  frequency?: string;
  home?: LonLat; // the doorstep
  postcode?: string;
  camera?: Camera;
  swipe?: number; // share of the width, 0 to 1, that shows the first option
  changes?: Change[];
};

const texts = ['option', 'beside', 'area', 'site', 'target', 'district', 'category', 'frequency', 'postcode'] as const;

/** Reads an address. What it does not understand is left out, never guessed. */
export function parseAddress(path: string, search: string): View | null {
  const place = places.find((p) => pathOf(p) === path);
  if (!place) return null;
  const query = new URLSearchParams(search);
  const view: View = { place };
  for (const name of texts) {
    const value = query.get(name);
    if (value) view[name] = value;
  }
  const theme = themes.find((t) => t === query.get('colour'));
  if (theme) view.theme = theme;
  const shown = query.get('layers');
  if (shown !== null) view.overlays = overlays.filter((o) => shown.split(',').includes(o));
  const home = numbers(query.get('home'), 2);
  if (home && isLonLat(home[0]!, home[1]!)) view.home = [home[0]!, home[1]!];
  const camera = numbers(query.get('map'), 3);
  if (camera && isLonLat(camera[1]!, camera[2]!)) view.camera = { zoom: camera[0]!, centre: [camera[1]!, camera[2]!] };
  const swipe = numbers(query.get('swipe'), 1);
  if (swipe && swipe[0]! >= 0 && swipe[0]! <= 1) view.swipe = swipe[0]!;
  const changes = parseChanges(query.get('changes') ?? '');
  if (changes.length > 0) view.changes = changes;
  return view;
}

/** Writes the address of a view: the same view always has the same one. */
export function formatAddress(view: View): string {
  const query: [string, string][] = [];
  for (const name of texts) {
    const value = view[name];
    if (value) query.push([name, value]);
  }
  if (view.theme) query.push(['colour', view.theme]);
  if (view.overlays) query.push(['layers', overlays.filter((o) => view.overlays?.includes(o)).join(',')]);
  if (view.home) query.push(['home', view.home.map(degrees).join(',')]);
  if (view.camera) query.push(['map', [view.camera.zoom.toFixed(2), ...view.camera.centre.map(degrees)].join(',')]);
  if (view.swipe !== undefined) query.push(['swipe', view.swipe.toFixed(2)]);
  if (view.changes?.length) query.push(['changes', formatChanges(view.changes)]);
  const search = query.map(([name, value]) => `${name}=${legible(value)}`).join('&');
  return pathOf(view.place) + (search ? `?${search}` : '');
}

/** The path of a place. */
export function pathOf(place: Place): string {
  return place === 'overview' ? '/' : `/${place}`;
}

/** A hundred-thousandth of a degree is about a metre. */
function degrees(value: number): string {
  return value.toFixed(5);
}

/** Escapes a value, but for the signs that are read more easily as they are. */
function legible(value: string): string {
  return encodeURIComponent(value).replace(/%2C/g, ',').replace(/%3A/g, ':');
}

function numbers(text: string | null, count: number): number[] | null {
  const found = (text ?? '').split(',').map((part) => (part.trim() === '' ? NaN : Number(part)));
  return found.length === count && found.every(Number.isFinite) ? found : null;
}

function isLonLat(lon: number, lat: number): boolean {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
