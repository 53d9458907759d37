// Pictures that the map draws with: hatches of areas, signs of sites.
import type { Map as MapLibre } from 'maplibre-gl';
import { classes, type Class } from '../classes';
import { themes } from '../address';
import type { Dress } from '../theme';

/** Device pixels a picture has for each pixel of the page. */
const sharp = 2;

/** The name under which a class's hatch is known to the map. */
export function hatchName(theme: string, index: number): string {
  return `hatch-${theme}-${index}`;
}

/** Gives the map every hatch and sign in the dress of the page. */
export function addIcons(map: MapLibre, dress: Dress): void {
  for (const theme of themes) {
    classes[theme].forEach((c, i) => {
      if (c.hatch) put(map, hatchName(theme, i), drawHatch(c.hatch, dress));
    });
  }
  for (const sign of signs) put(map, `sign-${sign}`, drawSign(sign, dress));
}

function put(map: MapLibre, name: string, image: ImageData): void {
  if (map.hasImage(name)) map.updateImage(name, image);
  else map.addImage(name, image, { pixelRatio: sharp });
}

function canvasOf(side: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side * sharp;
  const c = canvas.getContext('2d', { willReadFrequently: true });
  if (!c) throw new Error('this browser cannot draw');
  c.scale(sharp, sharp);
  return c;
}

function drawHatch(hatch: NonNullable<Class['hatch']>, dress: Dress): ImageData {
  const c = canvasOf(hatch.side);
  c.strokeStyle = dress === 'dark' ? hatch.dark : hatch.light;
  c.lineWidth = hatch.width;
  c.stroke(new Path2D(hatch.path));
  return c.getImageData(0, 0, hatch.side * sharp, hatch.side * sharp);
}

/** The signs of sites, told apart by shape. */
export const signs = ['required', 'open', 'outreach_only', 'closed', 'home', 'venue'] as const;
export type Sign = (typeof signs)[number];

/** The shape of a sign in a square of 24 by 24, filled and cut out. */
export const shapes: Record<Sign, { path: string; hole?: string }> = {
  required: {
    path: 'M12 2a10 10 0 1 0 .01 0z',
    hole: 'M12 5.5l2 4.3 4.7.5-3.5 3.2 1 4.6-4.2-2.4-4.2 2.4 1-4.6-3.5-3.2 4.7-.5z',
  },
  open: { path: 'M12 4a8 8 0 1 0 .01 0z' },
  outreach_only: { path: 'M12 3l9 9-9 9-9-9z', hole: 'M12 8l4 4-4 4-4-4z' },
  closed: { path: 'M5.5 3L12 9.5 18.5 3 21 5.5 14.5 12 21 18.5 18.5 21 12 14.5 5.5 21 3 18.5 9.5 12 3 5.5z' },
  home: { path: 'M12 2.5L2.5 11H5v10h14V11h2.5z', hole: 'M10 14h4v7h-4z' },
  venue: { path: 'M4 4h16v16H4z', hole: 'M8 8h8v8H8z' },
};

/** The colours of signs. Shape tells them apart; colour helps. */
export const signColours: Record<Sign, { light: string; dark: string }> = {
  required: { light: '#0b3b5a', dark: '#ffffff' },
  open: { light: '#0b3b5a', dark: '#ffffff' },
  outreach_only: { light: '#5b3a8c', dark: '#d9c2f5' },
  closed: { light: '#8a1f11', dark: '#ff9d8a' },
  home: { light: '#111111', dark: '#ffffff' },
  venue: { light: '#2b6b3f', dark: '#9fe0b4' },
};

/** A sign as an element of the page, for a site under the mouse. */
export function signElement(sign: Sign, dress: Dress): HTMLElement {
  const canvas = document.createElement('canvas');
  const image = drawSign(sign, dress);
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.className = 'dragged';
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

function drawSign(sign: Sign, dress: Dress): ImageData {
  const c = canvasOf(24);
  const shape = shapes[sign];
  const path = new Path2D(shape.path);
  c.lineJoin = 'round';
  c.lineWidth = 3;
  c.strokeStyle = dress === 'dark' ? '#111111' : '#ffffff';
  c.stroke(path);
  c.fillStyle = signColours[sign][dress];
  c.fill(path);
  if (shape.hole) {
    c.fillStyle = dress === 'dark' ? '#111111' : '#ffffff';
    c.fill(new Path2D(shape.hole));
  }
  return c.getImageData(0, 0, 24 * sharp, 24 * sharp);
}
