// The charts as SVG, by Observable Plot. Nothing else may import Plot, and the
// pages load this file when they have a chart to draw: it is a chunk of its own.
import { axisX, axisY, dot, gridX, gridY, link, plot, text, type PlotOptions } from '@observablehq/plot';
import { heights, type Priced, type Tenth } from './charts';
import { labelled } from './labels';
import { people, percent, poundsShort } from './number';
import { t } from './strings.en';

/** A drawing, without the style element that the pages' policy forbids; styles/_chart.scss says the same. */
function drawn(options: PlotOptions): SVGSVGElement {
  const svg = plot({ ...options, className: 'plot' }) as SVGSVGElement;
  svg.querySelector('style')?.remove();
  svg.setAttribute('aria-hidden', 'true'); // the box around it is the picture, and has the words
  return svg;
}

/** Cost a year against people in need within the walk: a circle an option, the shown one a filled diamond. */
export function money(points: readonly Priced[], width: number): SVGSVGElement {
  const edge = { marginLeft: 60, marginRight: 20, marginTop: 34, marginBottom: 50 };
  const frame = { left: 60, right: width - 20, top: 34, bottom: heights.money - 50 };
  const x = { domain: [0, 1.1 * most(points, (p) => p.cost)], range: [frame.left, frame.right] } as const;
  const y = { domain: [0, 1.1 * most(points, (p) => p.inNeed)], range: [frame.bottom, frame.top] } as const;
  const pixel = (value: number, to: typeof x | typeof y): number =>
    to.range[0] + (value / to.domain[1]) * (to.range[1] - to.range[0]);
  const spots = points.map((p) => ({ x: pixel(p.cost, x), y: pixel(p.inNeed, y), length: p.id.length }));
  const steps = labelled(spots, frame);
  return drawn({
    width,
    height: heights.money,
    ...edge,
    x: { ...x, label: t.charts.money.x, tickFormat: poundsShort, ticks: ticksFor(width) },
    y: { ...y, label: t.charts.money.y, tickFormat: people, ticks: 5 },
    marks: [
      gridX({ ticks: ticksFor(width) }),
      gridY({ ticks: 5 }),
      dot(
        points.filter((p) => !p.shown),
        { x: 'cost', y: 'inNeed', r: 6, className: 'mark other' },
      ),
      dot(
        points.filter((p) => p.shown),
        { x: 'cost', y: 'inNeed', r: 6, symbol: 'diamond', className: 'mark chosen' },
      ),
      ...points.map((p, i) =>
        text([p], {
          x: 'cost',
          y: 'inNeed',
          text: 'id',
          ...steps[i],
          className: p.shown ? 'name chosen' : 'name',
        }),
      ),
    ],
  });
}

/** The share covered in each decile: a circle for the left option, a filled diamond for the right, a line between. */
export function deciles(rows: readonly Tenth[], width: number): SVGSVGElement {
  return drawn({
    width,
    height: heights.deciles,
    marginLeft: 44,
    marginRight: 24,
    marginTop: 34,
    marginBottom: 50,
    x: { domain: [0, 1], label: t.charts.deciles.x },
    y: {
      type: 'point',
      domain: rows.map((r) => r.decile),
      label: t.charts.deciles.y,
      labelAnchor: 'top',
      padding: 0.5,
    },
    marks: [
      gridX({ ticks: ticksFor(width) }),
      axisX({ ticks: ticksFor(width), tickFormat: percent }),
      axisY({ tickSize: 0, labelAnchor: 'top' }),
      link(
        rows.filter((r) => r.left !== null && r.right !== null),
        { x1: 'left', x2: 'right', y: 'decile', className: 'gap' },
      ),
      dot(rows, { x: 'left', y: 'decile', r: 7, className: 'mark other' }),
      dot(rows, { x: 'right', y: 'decile', r: 5, symbol: 'diamond', className: 'mark chosen' }),
    ],
  });
}

/** As many ticks across as have room for their words. */
function ticksFor(width: number): number {
  return width < 420 ? 4 : 6;
}

/** The greatest of some numbers, 1 where all are nought, so that a scale has a length. */
function most<T>(of: readonly T[], value: (each: T) => number): number {
  return Math.max(0, ...of.map(value)) || 1;
}
