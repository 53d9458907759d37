// The style of the map: our own tiles, coloured by what the page knows.
//
// An area's colour is not in the tiles. The page sets, for each area, the number
// of its class as feature state, so that another option, theme or what-if
// recolours the map without asking for a tile again.
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Theme } from '../address';
import { classes } from '../classes';
import type { Dress } from '../theme';
import { hatchName } from './icons';

const klass: ExpressionSpecification = ['to-number', ['feature-state', 'class'], -1];

/** Colours of the ground, by dress. */
export const ground = {
  light: {
    land: '#fbfaf7',
    line: '#ffffff',
    border: '#5b6b78',
    street: '#8d99a3',
    ink: '#1c2a35',
    halo: '#ffffff',
    pick: '#0b0c0c',
  },
  dark: {
    land: '#15191d',
    line: '#15191d',
    border: '#a9b7c3',
    street: '#71808c',
    ink: '#f0f3f5',
    halo: '#15191d',
    pick: '#ffdd00',
  },
} as const;

/** The fill of an area by its class; the land's colour until it has one. */
export function fill(theme: Theme, dress: Dress): ExpressionSpecification {
  const steps = classes[theme].flatMap((c, i) => [i, dress === 'dark' ? c.dark : c.light]);
  return ['match', klass, ...steps, ground[dress].land] as unknown as ExpressionSpecification;
}

/** The layers that hatch areas: each of a class's areas alone. */
export function hatchLayers(
  theme: Theme,
): { id: string; index: number; pattern: string; opacity: ExpressionSpecification }[] {
  return classes[theme].flatMap((c, index) => {
    const opacity: ExpressionSpecification = ['case', ['==', klass, index], 1, 0];
    return c.hatch ? [{ id: `hatch-${theme}-${index}`, index, pattern: hatchName(theme, index), opacity }] : [];
  });
}

const empty: SourceSpecification = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } };

const tiles = (origin: string, set: string, promote?: string): SourceSpecification => ({
  type: 'vector',
  url: `${origin}/tiles/${set}.json`,
  ...(promote ? { promoteId: { [set]: promote } } : {}),
});

/** The style without a base map from elsewhere. */
export function ownStyle(dress: Dress): StyleSpecification {
  return {
    version: 8,
    sources: {},
    layers: [{ id: 'land', type: 'background', paint: { 'background-color': ground[dress].land } }],
  };
}

/** The sources that the page adds to any style. */
export function sources(origin: string): Record<string, SourceSpecification> {
  return {
    areas: tiles(origin, 'areas', 'area_code'),
    streets: tiles(origin, 'streets'),
    catchments: tiles(origin, 'catchments'),
    sites: empty,
    targets: empty,
    venues: empty,
    home: empty,
  };
}

/** Residents from which a place is written as a town. */
const town = 20_000;

/**
 * Where a name may stand, from the middle of its place, in ems: above or below, nearer or farther, then beside. Not on it:
 * the colours of a small town lie there.
 */
const beside = [1.3, 2.3, 3.3, 4.3].flatMap((away) => [
  ...['bottom', [0, -away], 'top', [0, away]],
  ...['left', [away, 0], 'right', [-away, 0]],
]) as (string | [number, number])[] as never;

/**
 * The names of towns and villages, the greatest first where there is no room for all. The style has no
 * address of fonts, so the library draws letters with the fonts of the reader's machine, and needs no network.
 */
function names(dress: Dress): LayerSpecification {
  const g = ground[dress];
  const isTown: ExpressionSpecification = ['>=', ['coalesce', ['get', 'residents'], 0], town];
  const size = (small: number, large: number): ExpressionSpecification => ['case', isTown, large, small];
  return {
    id: 'names',
    type: 'symbol',
    source: 'areas',
    'source-layer': 'settlements',
    filter: ['any', isTown, ['>=', ['zoom'], 9]], // from afar, towns alone
    layout: {
      'text-field': ['get', 'settlement'],
      'text-font': ['case', isTown, ['literal', ['Arial Bold', 'Arial']], ['literal', ['Arial']]],
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, size(11, 12.5), 11, size(13, 16), 14, size(16, 20)],
      'text-max-width': 7,
      'text-padding': 4,
      'text-variable-anchor-offset': beside,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: { 'text-color': g.ink, 'text-halo-color': g.halo, 'text-halo-width': 1.8, 'text-halo-blur': 0.3 },
  };
}

/** The layers that the page adds, from the ground up. */
export function layers(
  theme: Theme,
  dress: Dress,
  catchment: { profile: string; minutes: number },
): LayerSpecification[] {
  const g = ground[dress];
  const picked: ExpressionSpecification = ['boolean', ['feature-state', 'picked'], false];
  const hovered: ExpressionSpecification = ['boolean', ['feature-state', 'hovered'], false];
  return [
    {
      id: 'areas',
      type: 'fill',
      source: 'areas',
      'source-layer': 'areas',
      paint: { 'fill-color': fill(theme, dress), 'fill-antialias': false },
    },
    ...hatchLayers(theme).map((h): LayerSpecification => ({
      id: h.id,
      type: 'fill',
      source: 'areas',
      'source-layer': 'areas',
      // Its soft edge would be drawn as lines of their own: a quarter of a frame, for hatches that end under a border.
      paint: { 'fill-pattern': h.pattern, 'fill-opacity': h.opacity, 'fill-antialias': false },
    })),
    {
      id: 'streets',
      type: 'line',
      source: 'streets',
      'source-layer': 'streets',
      paint: {
        'line-color': g.street,
        'line-opacity': 0.45,
        'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], 8, 0.3, 12, 0.8, 16, 4],
      },
    },
    {
      id: 'areas-line',
      type: 'line',
      source: 'areas',
      'source-layer': 'areas',
      paint: { 'line-color': g.line, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.4, 13, 1.5] },
    },
    {
      id: 'catchments',
      type: 'line',
      source: 'catchments',
      'source-layer': 'catchments',
      filter: ['all', ['==', ['get', 'profile'], catchment.profile], ['==', ['get', 'minutes'], catchment.minutes]],
      paint: { 'line-color': g.border, 'line-width': 1.4, 'line-dasharray': [2, 1.5] },
    },
    { id: 'targets', type: 'line', source: 'targets', paint: { 'line-color': g.pick, 'line-width': 2.2 } },
    {
      id: 'areas-picked',
      type: 'line',
      source: 'areas',
      'source-layer': 'areas',
      paint: { 'line-color': g.pick, 'line-width': ['case', picked, 4, hovered, 2, 0] },
    },
    names(dress),
    ...['venues', 'sites', 'home'].map((source): LayerSpecification => ({
      id: source,
      type: 'symbol',
      source,
      layout: {
        'icon-image': ['concat', 'sign-', ['get', 'sign']],
        'icon-size': [
          'interpolate',
          ['linear'],
          ['zoom'],
          7,
          ['*', 0.5, ['get', 'scale']],
          10,
          ['*', 0.8, ['get', 'scale']],
          14,
          ['*', 1.2, ['get', 'scale']],
        ],
        'icon-allow-overlap': true,
        'icon-ignore-placement': source === 'venues', // names make way for the others
        'symbol-sort-key': ['get', 'order'],
      },
    })),
  ];
}
