// What of the map is drawn again when an area changes its colour or its frame.
//
// Why: without a graphics card a whole frame of the map costs 130 ms of processor
// time on two cores, and a what-if changes two or three areas with every move of
// the mouse. The ground around those areas alone costs a third of that. The
// frame before stays in the canvas (preserveDrawingBuffer), and a layer of the
// library's own kind closes the scissors around what changed before anything is
// drawn. What is inside is drawn whole, so that the picture is the same to the
// pixel as one drawn anew (browser/repaint.test.ts).
import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl';

/** A part of the map in pixels of the page: from the left, from the top. */
export type Box = { left: number; top: number; right: number; bottom: number };

/** Pixels around an area that its lines and their soft edges may touch. */
const around = 6;

/** The layer that limits a frame. It belongs on top: layers that draw elsewhere first are then not cut. */
export class Repaint implements CustomLayerInterface {
  readonly id = 'repaint';
  readonly type = 'custom';
  private readonly changed = new Set<string>();
  private readonly boxes = new Map<string, Box | null>();
  private still = false; // since the last idle frame nothing has changed but areas

  constructor(private readonly map: MapLibre) {
    for (const event of ['move', 'resize', 'data', 'dataloading', 'webglcontextrestored'] as const) {
      map.on(event, () => this.moved());
    }
    map.on('idle', () => (this.still = true));
    map.on('render', () => this.gl()?.disable(WebGL2RenderingContext.SCISSOR_TEST));
  }

  /** Says that an area is to be drawn again. */
  add(code: string): void {
    this.changed.add(code);
  }

  /** Called before a frame: closes the scissors where areas are all that changed. */
  prerender(gl: WebGL2RenderingContext | WebGLRenderingContext): void {
    const part = this.still && this.changed.size > 0 && !this.map.getTerrain();
    const box = part ? this.box() : null;
    this.changed.clear();
    if (!box) return;
    const scale = gl.drawingBufferHeight / this.map.getContainer().clientHeight;
    const [left, right] = [Math.floor((box.left - around) * scale), Math.ceil((box.right + around) * scale)];
    const [top, bottom] = [Math.floor((box.top - around) * scale), Math.ceil((box.bottom + around) * scale)];
    gl.enable(gl.SCISSOR_TEST);
    gl.scissor(left, gl.drawingBufferHeight - bottom, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  /** Draws nothing. */
  render(): void {}

  private moved(): void {
    this.still = false;
    this.boxes.clear();
  }

  private gl(): WebGL2RenderingContext | null {
    return this.map.getCanvas().getContext('webgl2');
  }

  /** The box around the areas that changed; null where none of them is on the map. */
  private box(): Box | null {
    this.find([...this.changed].filter((code) => !this.boxes.has(code)));
    return [...this.changed].reduce<Box | null>((box, code) => joined(box, this.boxes.get(code) ?? null), null);
  }

  /** Finds the boxes of areas in the tiles that are shown. */
  private find(codes: string[]): void {
    if (codes.length === 0) return;
    for (const code of codes) this.boxes.set(code, null);
    const filter = ['in', ['get', 'area_code'], ['literal', codes]] as never;
    for (const f of this.map.querySourceFeatures('areas', { sourceLayer: 'areas', filter })) {
      const code = String(f.properties['area_code']);
      for (const [lon, lat] of corners(f.geometry)) {
        const { x, y } = this.map.project([lon, lat]);
        this.boxes.set(code, joined(this.boxes.get(code) ?? null, { left: x, top: y, right: x, bottom: y }));
      }
    }
  }
}

/** The box around two; null is none. */
function joined(a: Box | null, b: Box | null): Box | null {
  if (!a || !b) return a ?? b;
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** The outer corners of a polygon or several; none of anything else. */
export function corners(g: GeoJSON.Geometry): [number, number][] {
  if (g.type !== 'Polygon' && g.type !== 'MultiPolygon') return [];
  const rings = g.type === 'Polygon' ? g.coordinates.slice(0, 1) : g.coordinates.flatMap((p) => p.slice(0, 1));
  return rings.flat().map(([lon = 0, lat = 0]) => [lon, lat]);
}
