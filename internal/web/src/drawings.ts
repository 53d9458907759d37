// The charts as SVG, by Observable Plot. Nothing else may import Plot, and the
// pages load this file when they have a chart to draw: it is a chunk of its own.
import { axisX, axisY, dot, gridX, gridY, line, link, plot, text, type PlotOptions } from '@observablehq/plot';
import { frontier, heights, told, type Priced, type Tenth } from './charts';
import { labelled } from './labels';
import { people, percent, pounds, poundsShort } from './number';
import { t } from './strings.en';

/** A drawing, without the style element that the pages' policy forbids; styles/_chart.scss says the same. */
function drawn(options: PlotOptions): SVGSVGElement {
  const svg = plot({ ...options, className: 'plot' }) as SVGSVGElement;
  svg.querySelector('style')?.remove();
  svg.setAttribute('aria-hidden', 'true'); // the box around it is the picture, and has the words
  return svg;
}

/** The margins of a drawing, in pixels: room for the words around its frame. */
const [top, right, bottom, left] = [34, 20, 50, 60];
const margins = { marginTop: top, marginRight: right, marginBottom: bottom, marginLeft: left };

/**
 * Cost a year against people in need within the walk: a circle an option, the
 * shown one a filled diamond, and a line of the most that the money reaches.
 */
export function money(points: readonly Priced[], width: number): SVGSVGElement {
  const frame = { left, right: width - right, top, bottom: heights.money - bottom };
  const x = { domain: [0, 1.1 * most(points, (p) => p.cost)], range: [frame.left, frame.right] } as const;
  const y = { domain: [0, 1.2 * most(points, (p) => p.inNeed)], range: [frame.bottom, frame.top] } as const;
  const at = { x: 'cost', y: 'inNeed' } as const;
  const title = (p: Priced): string => t.charts.money.point(p.id, p.name, pounds(p.cost), people(p.inNeed));
  const spots = points.map((p) => ({ x: along(x, p.cost), y: along(y, p.inNeed), length: shortened(p.id).length }));
  const steps = labelled(spots, frame);
  return drawn({
    width,
    height: heights.money,
    ...margins,
    x: { ...x, label: t.charts.money.x, tickFormat: poundsShort, ticks: ticksFor(width) },
    y: { ...y, label: t.charts.money.y, tickFormat: people, ticks: 5 },
    marks: [
      gridX({ ticks: ticksFor(width) }),
      gridY({ ticks: 5 }),
      line(toTheEdge(frontier(points), x.domain[1]), { ...at, curve: 'step-after', className: 'most' }),
      dot(
        points.filter((p) => !p.shown),
        { ...at, title, r: 6, className: 'mark other' },
      ),
      dot(
        points.filter((p) => p.shown),
        { ...at, title, r: 6, symbol: 'diamond', className: 'mark chosen' },
      ),
      ...points.map((p, i) =>
        text([p], { ...at, text: [shortened(p.id)], ...steps[i], className: p.shown ? 'name chosen' : 'name' }),
      ),
    ],
  });
}

/** Where a value stands on a scale that begins at nought, in pixels. */
function along(scale: { domain: readonly [0, number]; range: readonly [number, number] }, value: number): number {
  const [from, to] = scale.range;
  return from + (value / scale.domain[1]) * (to - from);
}

/** A line that goes on level to the end of the scale: more money is no fewer people. */
function toTheEdge(points: readonly Priced[], edge: number): Priced[] {
  const last = points.at(-1);
  return last ? [...points, { ...last, cost: edge }] : [];
}

/** An id as a label: at most as many characters as twelve. */
function shortened(id: string): string {
  return id.length > 12 ? `${id.slice(0, 11)}…` : id;
}

/** The share covered in each decile: a circle for the left option, a filled diamond for the right, a line between. */
export function deciles(rows: readonly Tenth[], width: number): SVGSVGElement {
  const title = (r: Tenth): string => t.charts.deciles.row(r.decile, percent(r.left), percent(r.right));
  return drawn({
    width,
    height: heights.deciles,
    ...margins,
    marginLeft: 44,
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
      link(told(rows), { x1: 'left', x2: 'right', y: 'decile', className: 'gap' }),
      dot(rows, { x: 'left', y: 'decile', title, r: 7, className: 'mark other' }),
      dot(rows, { x: 'right', y: 'decile', title, r: 5, symbol: 'diamond', className: 'mark chosen' }),
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
