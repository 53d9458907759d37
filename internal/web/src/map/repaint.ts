// What of the map is drawn again when an area changes its colour or its frame.
//
// Why: without a graphics card a whole frame of the map costs several frames' time,
// and a what-if changes two or three areas with every move of the mouse. The
// frame before stays in the canvas (preserveDrawingBuffer), and a layer of the
// library's own kind closes the scissors around what changed before anything is
// drawn, and leaves out layers that have nothing to draw there. The picture is the
// same to the pixel as one drawn anew (browser/repaint.test.ts).
import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl';

/** A part of the map in pixels of the page: from the left, from the top. */
type Box = { left: number; top: number; right: number; bottom: number };

/** Pixels around an area that its lines and their soft edges may touch. */
const around = 6;

/** The layer that limits a frame. It belongs on top: layers that draw elsewhere first are then not cut. */
export class Repaint implements CustomLayerInterface {
  readonly id = 'repaint';
  readonly type = 'custom';
  private readonly changed = new Set<string>();
  private boxes: ReadonlyMap<string, Box> | null = null; // of the areas on the map; null: not known yet
  private still = false; // since the last idle frame nothing has changed but areas
  private skipped: { layer: { minzoom?: number | undefined }; from: number | undefined }[] = [];

  /** `blank` gives the layers that draw nothing on an area, which are left out where all areas agree. */
  constructor(
    private readonly map: MapLibre,
    private readonly blank: (codes: readonly string[]) => readonly string[],
  ) {
    for (const event of ['move', 'resize', 'data', 'dataloading', 'webglcontextrestored'] as const) {
      map.on(event, () => {
        this.still = false;
        this.boxes = null;
      });
    }
    map.on('idle', () => (this.still = true));
    map.on('render', () => this.open());
  }

  /** Says that an area is to be drawn again. */
  add(code: string): void {
    this.changed.add(code);
  }

  /** Finds where the areas are, which takes some milliseconds, before it has to be known. */
  prepare(): void {
    if (this.still) this.boxes ??= this.find();
  }

  /**
   * Called before a frame: closes the scissors where areas are all that changed, and altogether where
   * nothing did (the library begins a frame whenever a mouse button goes down).
   */
  prerender(gl: WebGL2RenderingContext | WebGLRenderingContext): void {
    const { map } = this;
    this.open(); // in case the frame before failed half-way
    const flat = map.getBearing() === 0 && map.getPitch() === 0 && !map.getTerrain();
    if (flat && this.still) this.close(gl);
    this.changed.clear();
  }

  /** Draws nothing. */
  render(): void {}

  private close(gl: WebGL2RenderingContext | WebGLRenderingContext): void {
    this.prepare();
    const known = [...(this.boxes ?? [])];
    const box = known.filter(([code]) => this.changed.has(code)).reduce<Box>((all, [, b]) => joined(all, b), nothing);
    const scale = gl.drawingBufferHeight / this.map.getContainer().clientHeight;
    const [left, right] = [Math.floor((box.left - around) * scale), Math.ceil((box.right + around) * scale)];
    const [top, bottom] = [Math.floor((box.top - around) * scale), Math.ceil((box.bottom + around) * scale)];
    gl.enable(gl.SCISSOR_TEST);
    if (!(right > left))
      gl.scissor(0, 0, 0, 0); // none of them is on the map
    else gl.scissor(left, gl.drawingBufferHeight - bottom, right - left, bottom - top);
    this.skip(this.blank(known.filter(([, b]) => near(b, box)).map(([code]) => code)));
  }

  /** Leaves layers out of this frame. Their zooms are set aside: the library's own way reads all tiles anew. */
  private skip(layers: readonly string[]): void {
    for (const id of layers) {
      const layer = this.map.getLayer(id);
      if (!layer) continue;
      this.skipped.push({ layer, from: layer.minzoom });
      layer.minzoom = Infinity;
    }
  }

  /** Called after a frame. */
  private open(): void {
    this.map.getCanvas().getContext('webgl2')?.disable(WebGL2RenderingContext.SCISSOR_TEST);
    for (const { layer, from } of this.skipped) layer.minzoom = from;
    this.skipped = [];
  }

  private find(): ReadonlyMap<string, Box> {
    const boxes = new Map<string, Box>();
    for (const f of this.map.querySourceFeatures('areas', { sourceLayer: 'areas' })) {
      const code = String(f.properties['area_code']);
      const at = corners(f.geometry);
      const [lons, lats] = [at.map((p) => p[0]), at.map((p) => p[1])];
      const [west, north] = [Math.min(...lons), Math.max(...lats)];
      const a = this.map.project([west, north]);
      const b = this.map.project([Math.max(...lons), Math.min(...lats)]);
      boxes.set(code, joined(boxes.get(code) ?? nothing, { left: a.x, top: a.y, right: b.x, bottom: b.y }));
    }
    return boxes;
  }
}

const nothing: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };

/** The box around two. */
function joined(a: Box, b: Box): Box {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** Whether what is drawn around two boxes may touch. */
function near(a: Box, b: Box): boolean {
  const far = 2 * around;
  return a.left <= b.right + far && b.left <= a.right + far && a.top <= b.bottom + far && b.top <= a.bottom + far;
}

/** The outer corners of a polygon or several; none of anything else. */
export function corners(g: GeoJSON.Geometry): [number, number][] {
  if (g.type !== 'Polygon' && g.type !== 'MultiPolygon') return [];
  const rings = g.type === 'Polygon' ? g.coordinates.slice(0, 1) : g.coordinates.flatMap((p) => p.slice(0, 1));
  return rings.flat().map(([lon = 0, lat = 0]) => [lon, lat]);
}
