// The map as an object: what the page tells it, and what it tells the page.
import {
  Map as MapLibre,
  Marker,
  NavigationControl,
  ScaleControl,
  setWorkerUrl,
  type GeoJSONSource,
  type LngLatBoundsLike,
  type MapMouseEvent,
  type MapTouchEvent,
} from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { overlays, type Camera, type LonLat, type Overlay, type Theme } from '../address';
import type { Dress } from '../theme';
import { addIcons, signElement, type Sign } from './icons';
import { corners, Repaint } from './repaint';
import { hatchLayers, layers, ownStyle, sources } from './style';

setWorkerUrl(workerUrl);

/** A place on the map. */
export type Mark = { id: string; at: LonLat; sign: Sign; scale?: number; order?: number };

/** What a reader does on the map. */
export type Events = {
  readonly area?: ((code: string) => void) | undefined;
  readonly site?: ((id: string) => void) | undefined;
  /** Anywhere; where it is there, nothing else hears of a click. */
  readonly ground?: ((at: LonLat) => void) | undefined;
  readonly camera?: ((camera: Camera) => void) | undefined;
  /** While a site is dragged, and once more with `dropped` when it is let go. */
  readonly drag?: ((id: string, at: LonLat, dropped: boolean) => void) | undefined;
};

/** How a map begins. */
export type Beginning = {
  container: HTMLElement;
  label: string;
  dress: Dress;
  theme: Theme;
  catchment: { profile: string; minutes: number };
  bounds: LngLatBoundsLike;
  streets: boolean; // whether there are any to draw
  camera: Camera | undefined;
  styleUrl: string | undefined;
  events: Events;
};

/** Pixels left free around a county that is shown whole. */
const padding = 24;

/** A map of the county. It draws nothing before `ready`. */
export class CountyMap {
  readonly map: MapLibre;
  readonly ready: Promise<void>;
  private classesOf: ReadonlyMap<string, number> = new Map();
  private picked: string | null = null;
  private hovered: string | null = null;
  private theme: Theme;
  private dress: Dress;
  private readonly repaint: Repaint;
  private marks = new Map<string, readonly Mark[]>();
  private dragging = false;
  private shown: readonly Overlay[] = [];
  private targets: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

  constructor(private readonly begun: Beginning) {
    this.theme = begun.theme;
    this.dress = begun.dress;
    this.map = new MapLibre({
      container: begun.container,
      style: begun.styleUrl ?? ownStyle(begun.dress),
      ...(begun.camera
        ? { center: [...begun.camera.centre] as [number, number], zoom: begun.camera.zoom }
        : { bounds: begun.bounds, fitBoundsOptions: { padding } }),
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxZoom: 17,
      fadeDuration: 0,
      renderWorldCopies: false,
      canvasContextAttributes: { preserveDrawingBuffer: true }, // Repaint draws over it
      locale: { 'Map.Title': begun.label },
    });
    this.repaint = new Repaint(this.map, (codes) => this.blank(codes));
    this.map.touchZoomRotate.disableRotation();
    this.map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    this.map.addControl(new ScaleControl({ unit: 'metric' }), 'bottom-left');
    this.ready = new Promise((done) => this.map.once('style.load', () => done(this.dressUp())));
    if (!begun.camera) this.map.on('resize', this.fit);
    this.listen();
  }

  /** Colours the areas: the number of its class for each code. */
  paint(theme: Theme, classesOf: ReadonlyMap<string, number>): void {
    if (theme !== this.theme) {
      this.theme = theme;
      this.dressUp();
    }
    for (const [code, index] of classesOf) {
      if (this.classesOf.get(code) !== index) this.state(code, { class: index });
    }
    for (const code of this.classesOf.keys()) {
      if (!classesOf.has(code)) this.state(code, { class: -1 });
    }
    this.classesOf = classesOf;
  }

  /** Puts marks into one of the sources "sites", "venues" or "home". */
  mark(source: 'sites' | 'venues' | 'home', marks: readonly Mark[]): void {
    this.marks.set(source, marks);
    this.source(source)?.setData({
      type: 'FeatureCollection',
      features: marks.map((m) => ({
        type: 'Feature',
        properties: { id: m.id, sign: m.sign, scale: m.scale ?? 1, order: m.order ?? 0 },
        geometry: { type: 'Point', coordinates: [...m.at] },
      })),
    });
  }

  /** Outlines target areas. */
  outline(targets: GeoJSON.FeatureCollection): void {
    this.targets = targets;
    this.source('targets')?.setData(targets);
  }

  /** Shows these overlays and hides the others. */
  show(shown: readonly Overlay[]): void {
    this.shown = shown;
    for (const layer of overlays) {
      if (this.map.getLayer(layer))
        this.map.setLayoutProperty(layer, 'visibility', shown.includes(layer) ? 'visible' : 'none');
    }
  }

  /** Draws the catchments of these sites alone; null draws all. */
  catchmentsOf(sites: readonly string[] | null): void {
    if (!this.map.getLayer('catchments')) return;
    const { profile, minutes } = this.begun.catchment;
    this.map.setFilter('catchments', [
      'all',
      ['==', ['get', 'profile'], profile],
      ['==', ['get', 'minutes'], minutes],
      ...(sites ? [['in', ['get', 'site_id'], ['literal', [...sites]]]] : []),
    ] as never);
  }

  /** Frames one area; null frames none. */
  pick(code: string | null): void {
    if (this.picked) this.state(this.picked, { picked: false });
    if (code) this.state(code, { picked: true });
    this.picked = code;
  }

  /** Looks at a place. */
  look(at: LonLat, zoom?: number): void {
    this.map.off('resize', this.fit);
    this.map.jumpTo({ center: [...at] as [number, number], ...(zoom === undefined ? {} : { zoom }) });
  }

  /** Looks at all of what is outlined, unless there is nothing. */
  lookAtTargets(): void {
    const all = this.targets.features.flatMap((f) => corners(f.geometry));
    if (all.length === 0) return;
    this.map.off('resize', this.fit);
    const [lons, lats] = [all.map((p) => p[0]), all.map((p) => p[1])];
    this.map.fitBounds([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], {
      padding: 60,
      maxZoom: 13,
      animate: false,
    });
  }

  /** Changes between light and dark. */
  wear(dress: Dress): void {
    if (dress === this.dress) return;
    this.dress = dress;
    this.dressUp();
  }

  /** Frees what the map holds. */
  end(): void {
    this.map.remove();
  }

  /** Puts sources and layers in, in the present dress and theme. */
  private dressUp(): void {
    if (!this.map.isStyleLoaded() && !this.map.getStyle()) return;
    addIcons(this.map, this.dress);
    for (const [id, source] of Object.entries(sources(window.location.origin))) {
      if (id === 'streets' && !this.begun.streets) continue;
      if (!this.map.getSource(id)) this.map.addSource(id, source);
    }
    const drawn = layers(this.theme, this.dress, this.begun.catchment);
    const wanted = drawn.filter((l) => l.id !== 'streets' || this.begun.streets);
    for (const id of this.map.getLayersOrder()) {
      if (id.startsWith('hatch-') || wanted.some((l) => l.id === id)) this.map.removeLayer(id);
    }
    if (this.map.getLayer('land')) this.map.setPaintProperty('land', 'background-color', landOf(this.dress));
    for (const layer of wanted) this.map.addLayer(layer);
    if (this.map.getLayer(this.repaint.id)) this.map.moveLayer(this.repaint.id);
    else this.map.addLayer(this.repaint);
    this.show(this.shown);
    for (const [source, marks] of this.marks) this.mark(source as 'sites', marks);
    this.outline(this.targets);
  }

  /** The layers that draw nothing on these areas. */
  private blank(codes: readonly string[]): string[] {
    const used = new Set(codes.map((code) => this.classesOf.get(code)));
    const unused = hatchLayers(this.theme).filter((h) => !used.has(h.index));
    const framed = codes.some((code) => code === this.picked || code === this.hovered);
    return [...unused.map((h) => h.id), ...(framed ? [] : ['areas-picked'])];
  }

  private source(id: string): GeoJSONSource | undefined {
    return this.map.getSource(id) as GeoJSONSource | undefined;
  }

  private state(code: string, state: Record<string, unknown>): void {
    if (!this.map.getSource('areas')) return;
    this.map.setFeatureState({ source: 'areas', sourceLayer: 'areas', id: code }, state);
    this.repaint.add(code);
  }

  /** Shows the whole county, also when the legend has come and left less room, until somebody takes the map in hand. */
  private readonly fit = (): void => {
    this.map.fitBounds(this.begun.bounds, { padding, animate: false });
  };

  private listen(): void {
    const { events } = this.begun;
    for (const hand of ['pointerdown', 'wheel', 'keydown']) {
      this.map.getContainer().addEventListener(hand, () => this.map.off('resize', this.fit), { passive: true });
    }
    this.map.on('click', (e) => this.click(e));
    this.map.on('mousemove', (e) => this.hover(e));
    this.map.on('moveend', (e) => {
      if (!('originalEvent' in e) || !e.originalEvent) return; // moved by the page, not by the reader
      const { lng, lat } = this.map.getCenter();
      events.camera?.({ zoom: this.map.getZoom(), centre: [lng, lat] });
    });
    this.map.on('mousedown', (e) => this.grab(e, 'mousemove', 'mouseup'));
    this.map.on('touchstart', (e) => this.grab(e, 'touchmove', 'touchend'));
  }

  private at(e: { point: MapMouseEvent['point'] }, layer: string, around = 0): string | null {
    if (!this.map.getLayer(layer)) return null;
    const { x, y } = e.point;
    const found = this.map.queryRenderedFeatures(
      [
        [x - around, y - around],
        [x + around, y + around],
      ],
      { layers: [layer] },
    );
    const id: unknown = found[0]?.properties[layer === 'areas' ? 'area_code' : 'id'];
    return typeof id === 'string' ? id : null;
  }

  private click(e: MapMouseEvent): void {
    const { events } = this.begun;
    if (events.ground) return events.ground([e.lngLat.lng, e.lngLat.lat]);
    const site = this.at(e, 'sites', 4);
    if (site && events.site) return events.site(site);
    const area = this.at(e, 'areas');
    if (area) events.area?.(area);
  }

  private hover(e: MapMouseEvent): void {
    if (this.dragging) return;
    const area = this.at(e, 'areas');
    if (area !== this.hovered) {
      if (this.hovered) this.state(this.hovered, { hovered: false });
      if (area) this.state(area, { hovered: true });
      this.hovered = area;
    }
    const site = this.at(e, 'sites', 4);
    const { events } = this.begun;
    this.map.getCanvas().style.cursor = events.ground
      ? 'crosshair'
      : site && events.drag
        ? 'grab'
        : site || area
          ? 'pointer'
          : '';
  }

  private grab(e: Pointer, move: 'mousemove' | 'touchmove', end: 'mouseup' | 'touchend'): void {
    const { drag } = this.begun.events;
    const id = drag ? this.at(e, 'sites', 4) : null;
    if (!drag || !id || e.originalEvent.ctrlKey) return;
    e.preventDefault(); // the map stays where it is
    this.repaint.prepare();
    // A mark in the page follows the mouse, so that the map is drawn again only
    // when an area changes its class.
    const mark = new Marker({ element: signElement(this.signOf(id), this.dress) });
    let far = false;
    const follow = (to: Pointer): void => {
      far ||= Math.hypot(to.point.x - e.point.x, to.point.y - e.point.y) > 3;
      if (!far) return;
      mark.setLngLat(to.lngLat);
      if (!this.dragging) mark.addTo(this.map); // once: each time takes it out and puts it in again
      this.dragging = true;
      drag(id, [to.lngLat.lng, to.lngLat.lat], false);
    };
    const on = this.map as unknown as Listening;
    on.on(move, follow);
    on.once(end, (to) => {
      on.off(move, follow);
      this.dragging = false;
      mark.remove();
      if (far) drag(id, [to.lngLat.lng, to.lngLat.lat], true);
    });
  }

  private signOf(id: string): Sign {
    return this.marks.get('sites')?.find((m) => m.id === id)?.sign ?? 'open';
  }
}

type Pointer = MapMouseEvent | MapTouchEvent;

/** The part of the library's map that listens to a mouse or a finger alike. */
type Listening = Record<'on' | 'off' | 'once', (type: string, listener: (e: Pointer) => void) => void>;

function landOf(dress: Dress): string {
  const paint = ownStyle(dress).layers[0];
  return paint?.type === 'background' ? String(paint.paint?.['background-color']) : '';
}
