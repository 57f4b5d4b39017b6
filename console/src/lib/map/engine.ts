// The map itself: OpenLayers carries the view (pan, zoom, wheel, touch, keys), one canvas of ours is drawn in it.
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import { defaults as defaultInteractions } from "ol/interaction/defaults.js";
import Layer from "ol/layer/Layer.js";
import type { FrameState } from "ol/Map.js";
import { Basemap, drawGraticule, type Frame } from "./basemap.ts";
import { onPalette, readColours, type Colours } from "./colours.ts";
import type { Chosen, LayerName, LeftOut, MapData } from "./data.ts";
import { fromWorld, inverse, toWorld, WORLD_HALF_M, type Place } from "./geodesy.ts";
import { Overlay, type Drawn } from "./overlay.ts";
import { Symbols } from "./symbols.ts";

export interface Seen {
  centre: Place;
  zoom: number;
  /** Metres of the way from the left edge to the right through the middle, and CSS pixels of it. */
  metres: number;
  width: number;
}

export interface EngineEvents {
  select: (chosen: Chosen | null) => void;
  moved: (seen: Seen) => void;
  pointer: (place: Place | null) => void;
  measured: (places: readonly Place[]) => void;
  /** Called when a frame at rest leaves out something else than the one before. */
  leftOut: (what: LeftOut) => void;
}

const ZOOM_MAX = 18;

class Canvas extends Layer {
  private readonly canvas = document.createElement("canvas");
  private readonly paint: (ctx: CanvasRenderingContext2D, frame: Frame, zoom: number, moving: boolean) => void;

  constructor(paint: (ctx: CanvasRenderingContext2D, frame: Frame, zoom: number, moving: boolean) => void) {
    super({});
    this.paint = paint;
    this.canvas.className = "map-canvas";
    this.canvas.setAttribute("aria-hidden", "true");
  }

  override getSourceState() {
    return "ready" as const;
  }

  override render(state: FrameState | null): HTMLElement {
    const ctx = this.canvas.getContext("2d", { alpha: false });
    if (!state || !ctx) return this.canvas;
    const ratio = state.pixelRatio;
    const [width, height] = [Math.round((state.size[0] ?? 0) * ratio), Math.round((state.size[1] ?? 0) * ratio)];
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    const [x, y] = state.viewState.center as [number, number];
    const frame: Frame = {
      cx: (x / WORLD_HALF_M + 1) / 2,
      cy: (1 - y / WORLD_HALF_M) / 2,
      world: ((2 * WORLD_HALF_M) / state.viewState.resolution) * ratio,
      width,
      height,
      unit: unitOf(ratio),
    };
    this.paint(ctx, frame, state.viewState.zoom, state.viewHints.some((hint) => hint > 0));
    return this.canvas;
  }
}

let letters = { px: 16, width: -1, height: -1 };

/** Marks grow with the page's letters, which grow on a wall: they change with the window, not from frame to frame. */
function unitOf(ratio: number): number {
  if (letters.width !== innerWidth || letters.height !== innerHeight)
    letters = { px: parseFloat(getComputedStyle(document.documentElement).fontSize || "16"), width: innerWidth, height: innerHeight };
  return (ratio * letters.px) / 16;
}

export class Engine {
  readonly overlay = new Overlay();
  private readonly base: Basemap;
  private readonly map: OlMap;
  private readonly view: View;
  private readonly target: HTMLElement;
  private colours: Colours;
  private symbols: Symbols;
  private readonly layer: Canvas;
  private readonly stopPalette: () => void;
  private measuring = false;
  private told = "";
  /** Frames drawn since the map was made: a counter for whoever measures. */
  frames = 0;

  constructor(target: HTMLElement, events: EngineEvents, at: { centre: Place; zoom: number }) {
    this.target = target;
    this.colours = readColours(target);
    this.symbols = new Symbols(this.colours, unitOf(devicePixelRatio));
    this.base = new Basemap(() => this.refresh());
    // One canvas, without transparency: on a wall each further one costs eight million pixels a frame.
    this.layer = new Canvas((ctx, frame, zoom, moving) => {
      if (this.symbols.unit !== frame.unit) this.symbols = new Symbols(this.colours, frame.unit);
      this.base.draw(ctx, frame, zoom, this.colours, moving);
      if (this.overlay.visible.has("graticule")) drawGraticule(ctx, frame, this.colours);
      this.overlay.draw(ctx, frame, zoom, this.colours, this.symbols, moving);
      this.frames += 1;
      if (!moving) this.tellLeftOut(events);
    });
    this.view = new View({
      projection: "EPSG:3857",
      center: toMercator(at.centre),
      zoom: at.zoom,
      minZoom: 1,
      maxZoom: ZOOM_MAX,
      enableRotation: false,
      multiWorld: true,
      constrainResolution: false,
      extent: [-Infinity, -WORLD_HALF_M, Infinity, WORLD_HALF_M],
      constrainOnlyCenter: true,
    });
    this.map = new OlMap({
      target,
      view: this.view,
      layers: [this.layer],
      controls: [],
      interactions: defaultInteractions({ altShiftDragRotate: false, pinchRotate: false }),
    });
    this.map.on("moveend", () => events.moved(this.seen()));
    this.map.on("click", (event) => this.click(event.pixel as [number, number], events));
    this.map.on("pointermove", (event) => {
      if (event.dragging) return;
      events.pointer(fromMercator(event.coordinate));
      const hit = this.hit(event.pixel as [number, number]);
      target.classList.toggle("hits", hit !== undefined);
    });
    this.stopPalette = onPalette(() => this.restyle());
  }

  private tellLeftOut(events: EngineEvents): void {
    const told = JSON.stringify(this.overlay.leftOut);
    if (told === this.told) return;
    this.told = told;
    events.leftOut(this.overlay.leftOut);
  }

  private hit(pixel: readonly [number, number]): Drawn | undefined {
    const ratio = devicePixelRatio;
    return this.overlay.hit(pixel[0] * ratio, pixel[1] * ratio);
  }

  private click(pixel: readonly [number, number], events: EngineEvents): void {
    if (this.measuring) {
      const at = this.map.getCoordinateFromPixel([...pixel]);
      if (at) this.addMeasured(fromMercator(at), events);
      return;
    }
    const hit = this.hit(pixel);
    if (hit?.cluster) this.into(hit);
    else events.select(hit?.chosen ?? null);
  }

  /** Bring the members of a mark that stands for several apart. */
  private into(hit: Drawn): void {
    const box = hit.cluster;
    if (!box) return;
    const middle = fromWorld((box.left + box.right) / 2, (box.top + box.bottom) / 2);
    const size = this.map.getSize() ?? [800, 600];
    const apart = Math.max((box.right - box.left) / (size[0] ?? 800), (box.bottom - box.top) / (size[1] ?? 600), 1e-12);
    const fitting = Math.log2(0.7 / (256 * apart));
    this.go(middle, Math.min(ZOOM_MAX - 2, Math.max((this.view.getZoom() ?? 5) + 1, fitting)));
  }

  addMeasured(place: Place, events: EngineEvents): void {
    this.overlay.measured = [...this.overlay.measured, place];
    events.measured(this.overlay.measured);
    this.refresh();
  }

  measure(on: boolean): void {
    this.measuring = on;
    if (!on) this.overlay.measured = [];
    this.refresh();
  }

  seen(): Seen {
    const centre = fromMercator(this.view.getCenter() ?? [0, 0]);
    const [width = 1] = this.map.getSize() ?? [1];
    const share = (this.view.getResolution() ?? 1) / (2 * WORLD_HALF_M);
    const [x, y] = toWorld(centre.lat, centre.lon);
    // A tenth of the screen is short enough to be measured straight, in the middle, whatever the zoom.
    const part = Math.min(width / 10, 0.2 / share) * share;
    const metres = inverse(fromWorld(x - part / 2, y), fromWorld(x + part / 2, y)).metres;
    return { centre, zoom: this.view.getZoom() ?? 0, metres: (metres / part) * width * share, width };
  }

  setData(data: MapData): void {
    this.overlay.setData(data);
    this.refresh();
  }

  setVisible(layers: Iterable<LayerName>): void {
    this.overlay.visible = new Set(layers);
    this.refresh();
  }

  select(chosen: Chosen | null): void {
    this.overlay.selected = chosen;
    this.refresh();
  }

  /** Shows those facilities and reports alone whose byte is set. */
  filter(facilities: Uint8Array | null, reports: Uint8Array | null, seenAt: number, fadeOver: number): void {
    this.overlay.facilities.filter(facilities);
    this.overlay.reports.filter(reports);
    this.overlay.seenAt = seenAt;
    this.overlay.fadeOver = fadeOver;
    this.refresh();
  }

  setLocale(locale: string): void {
    this.overlay.locale = locale;
    this.refresh();
  }

  go(place: Place, zoom?: number): void {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const to = { center: toMercator(place), ...(zoom === undefined ? {} : { zoom }) };
    if (still) {
      this.view.setCenter(to.center);
      if (zoom !== undefined) this.view.setZoom(zoom);
    } else this.view.animate({ ...to, duration: 200 });
  }

  /** Shows all of some places, with room around them. */
  fit(places: readonly Place[], zoomMax = 11): void {
    const [first] = places;
    if (!first) return;
    let extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const one of places) {
      const [x, y] = toMercator(one);
      extent = [Math.min(extent[0], x), Math.min(extent[1], y), Math.max(extent[2], x), Math.max(extent[3], y)];
    }
    this.map.updateSize();
    this.view.fit(extent, { padding: [60, 60, 60, 60], maxZoom: zoomMax });
  }

  zoomBy(step: number): void {
    this.view.setZoom((this.view.getZoom() ?? 5) + step);
  }

  /** Indices of the facilities and reports inside the window, as filtered. */
  inView(): { facilities: number[]; reports: number[] } {
    const [width, height] = this.map.getSize() ?? [0, 0];
    const share = (this.view.getResolution() ?? 1) / (2 * WORLD_HALF_M);
    const centre = fromMercator(this.view.getCenter() ?? [0, 0]);
    const [x, y] = toWorld(centre.lat, centre.lon);
    const [dx, dy] = [((width ?? 0) * share) / 2, ((height ?? 0) * share) / 2];
    const zoom = this.view.getZoom() ?? 5;
    const of = (grid: Overlay["facilities"]) =>
      [-1, 0, 1].flatMap((shift) => {
        const bounds = { left: Math.max(0, x - dx + shift), right: Math.min(1, x + dx + shift), top: y - dy, bottom: y + dy };
        return bounds.left < bounds.right ? grid.inside(zoom, bounds) : [];
      });
    const { visible } = this.overlay;
    return {
      facilities: visible.has("facilities") ? of(this.overlay.facilities) : [],
      reports: visible.has("reports") ? of(this.overlay.reports) : [],
    };
  }

  /** What the map holds and how many marks its last frame drew. */
  holds(): Record<"facilities" | "reports" | "marks", number> {
    const { data, drawn } = this.overlay;
    return { facilities: data.facilities.length, reports: data.reports.length, marks: drawn.length };
  }

  restyle(): void {
    this.colours = readColours(this.target);
    this.symbols = new Symbols(this.colours, unitOf(devicePixelRatio));
    this.refresh();
  }

  refresh(): void {
    this.layer.changed();
  }

  destroy(): void {
    this.stopPalette();
    this.map.setTarget(undefined);
    this.map.dispose();
  }
}

function toMercator(place: Place): [number, number] {
  const [x, y] = toWorld(place.lat, place.lon);
  return [(2 * x - 1) * WORLD_HALF_M, (1 - 2 * y) * WORLD_HALF_M];
}

function fromMercator(at: readonly number[]): Place {
  return fromWorld(((at[0] ?? 0) / WORLD_HALF_M + 1) / 2, (1 - (at[1] ?? 0) / WORLD_HALF_M) / 2);
}
