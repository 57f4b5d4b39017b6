// The neutral base: land, coast, rivers, lakes and a graticule. scripts/basemap.mjs makes the files and says their form.
import coarse from "../../generated/basemap/coarse.bin?url";
import fine from "../../generated/basemap/fine.bin?url";
import middle from "../../generated/basemap/middle.bin?url";
import type { Colours } from "./colours.ts";
import { fromWorld, toWorld } from "./geodesy.ts";

/** Which file is drawn from which zoom on. */
const LEVELS = [
  { url: coarse, from: -1 },
  { url: middle, from: 2.6 },
  { url: fine, from: 5.6 },
] as const;

/** How much wider and higher than the window the picture of the base is. */
const MARGIN = 1.5;

/** Degrees between two lines of the graticule, by what a line is at least apart on the screen. */
const GRATICULE_DEGREES = [30, 10, 5, 2, 1, 0.5, 0.25, 0.1, 0.05, 0.02, 0.01];
const GRATICULE_PX = 110;

interface Tile {
  column: number;
  row: number;
  areas: [land: Path2D, lakes: Path2D];
  lines: [coast: Path2D, rivers: Path2D];
}

export interface Level {
  side: number;
  steps: number;
  tiles: Map<number, Tile>;
}

/** What a frame shows: the world's part in the middle, and how many device pixels the whole world is wide. */
export interface Frame {
  cx: number;
  cy: number;
  world: number;
  width: number;
  height: number;
  /** Device pixels a unit of length on paper: what is one pixel wide on a plain screen. */
  unit: number;
}

/** Reads one file. It comes from this node alone, yet a broken one must end, not hang. */
export function decode(bytes: Uint8Array): Level {
  let at = 4;
  const next = () => {
    let value = 0;
    let shift = 0;
    for (;;) {
      const byte = bytes[at++];
      if (byte === undefined || shift > 28) throw new Error("the base map's file is cut short");
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
      shift += 7;
    }
  };
  const step = () => {
    const value = next();
    return (value >>> 1) ^ -(value & 1);
  };
  const group = (close: boolean) => {
    const path = new Path2D();
    for (let runs = next(); runs > 0; runs -= 1) {
      let [x, y] = [0, 0];
      const points = next();
      for (let i = 0; i < points; i += 1) {
        x += step();
        y += step();
        if (i === 0) path.moveTo(x, y);
        else path.lineTo(x, y);
      }
      if (close) path.closePath();
    }
    return path;
  };
  if (String.fromCharCode(...bytes.subarray(0, 4)) !== "ALB1") throw new Error("this is no base map");
  const side = 2 ** next();
  const steps = next();
  const tiles = new Map<number, Tile>();
  while (at < bytes.length) {
    const [column, row] = [next(), next()];
    tiles.set(row * side + column, { column, row, areas: [group(true), group(true)], lines: [group(false), group(false)] });
  }
  return { side, steps, tiles };
}

export class Basemap {
  private readonly levels: (Level | undefined)[] = [];
  private readonly asked = new Set<number>();
  private readonly changed: () => void;
  private picture: HTMLCanvasElement | undefined;
  private made: (Frame & { palette: string }) | undefined;

  /** `changed` is called when a finer level has come. */
  constructor(changed: () => void) {
    this.changed = changed;
    this.ask(0);
  }

  private ask(number: number): void {
    const level = LEVELS[number];
    if (!level || this.asked.has(number)) return;
    this.asked.add(number);
    fetch(level.url)
      .then(async (answer) => {
        if (!answer.ok) throw new Error(`base map: ${answer.status}`);
        this.levels[number] = decode(new Uint8Array(await answer.arrayBuffer()));
        this.forget();
        this.changed();
      })
      // The node was away: the next frame that wants it asks again, and a coarser level stands meanwhile.
      .catch(() => setTimeout(() => this.asked.delete(number), 5000));
  }

  /**
   * Draws the base: out of a picture somewhat wider than the window, so that a step to the side copies pixels and
   * draws no coast anew. While the zoom runs the picture is stretched; it is made again when the view rests.
   */
  draw(ctx: CanvasRenderingContext2D, frame: Frame, zoom: number, colours: Colours, moving: boolean): void {
    if (!this.fits(frame, colours, moving)) this.remake(frame, zoom, colours);
    const { picture, made } = this;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    if (!picture || !made) return;
    const scale = frame.world / made.world;
    const x = (made.cx - frame.cx) * frame.world + frame.width / 2 - (made.width / 2) * scale;
    const y = (made.cy - frame.cy) * frame.world + frame.height / 2 - (made.height / 2) * scale;
    if (scale === 1) {
      ctx.drawImage(picture, Math.round(x), Math.round(y));
      return;
    }
    ctx.fillStyle = colours.water;
    ctx.fillRect(0, 0, frame.width, frame.height);
    ctx.drawImage(picture, x, y, made.width * scale, made.height * scale);
  }

  /** A finer level has come, or the colours are others. */
  forget(): void {
    this.made = undefined;
  }

  private fits(frame: Frame, colours: Colours, moving: boolean): boolean {
    const made = this.made;
    if (!made || made.palette !== colours.palette) return false;
    const scale = frame.world / made.world;
    if (scale !== 1 && (!moving || scale > 3 || scale < 0.6)) return false;
    const dx = Math.abs(made.cx - frame.cx) * frame.world + frame.width / 2;
    const dy = Math.abs(made.cy - frame.cy) * frame.world + frame.height / 2;
    return scale !== 1 || (dx <= made.width / 2 && dy <= made.height / 2);
  }

  private remake(frame: Frame, zoom: number, colours: Colours): void {
    const [width, height] = [Math.ceil(frame.width * MARGIN), Math.ceil(frame.height * MARGIN)];
    this.picture ??= document.createElement("canvas");
    if (this.picture.width !== width || this.picture.height !== height) [this.picture.width, this.picture.height] = [width, height];
    const ctx = this.picture.getContext("2d", { alpha: false });
    if (!ctx) return;
    this.made = { ...frame, width, height, palette: colours.palette };
    this.paint(ctx, { ...frame, width, height }, zoom, colours);
  }

  private paint(ctx: CanvasRenderingContext2D, frame: Frame, zoom: number, colours: Colours): void {
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.fillStyle = colours.water;
    ctx.fillRect(0, 0, frame.width, frame.height);
    const wanted = LEVELS.findLastIndex((level) => zoom >= level.from);
    this.ask(wanted);
    const level = this.levels.slice(0, wanted + 1).findLast((one) => one !== undefined);
    if (level) drawLevel(ctx, frame, level, colours);
  }
}

function drawLevel(ctx: CanvasRenderingContext2D, frame: Frame, level: Level, colours: Colours): void {
  const { side, steps } = level;
  const scale = frame.world / side / steps;
  const found: [Tile, number, number][] = [];
  const left = Math.floor((frame.cx - frame.width / 2 / frame.world) * side - 0.01);
  const right = Math.floor((frame.cx + frame.width / 2 / frame.world) * side + 0.01);
  const top = Math.floor((frame.cy - frame.height / 2 / frame.world) * side - 0.01);
  const bottom = Math.floor((frame.cy + frame.height / 2 / frame.world) * side + 0.01);
  for (let row = Math.max(0, top); row <= Math.min(side - 1, bottom); row += 1)
    for (let column = left; column <= right; column += 1) {
      const tile = level.tiles.get(row * side + (((column % side) + side) % side));
      const x = (column / side - frame.cx) * frame.world + frame.width / 2;
      const y = (row / side - frame.cy) * frame.world + frame.height / 2;
      if (tile) found.push([tile, x, y]);
    }
  ctx.lineJoin = "round";
  const each = (draw: (tile: Tile) => void) => {
    for (const [tile, x, y] of found) {
      ctx.setTransform(scale, 0, 0, scale, x, y);
      draw(tile);
    }
  };
  ctx.fillStyle = colours.land;
  each((tile) => ctx.fill(tile.areas[0], "evenodd"));
  ctx.fillStyle = colours.water;
  each((tile) => ctx.fill(tile.areas[1], "evenodd"));
  ctx.strokeStyle = colours.coast;
  ctx.lineWidth = (0.7 * frame.unit) / scale;
  each((tile) => ctx.stroke(tile.lines[1]));
  ctx.lineWidth = (1.1 * frame.unit) / scale;
  each((tile) => ctx.stroke(tile.lines[0]));
  ctx.setTransform(1, 0, 0, 1, 0, 0);
}

/** Degrees between two lines so that they stand far enough apart. */
export function graticuleStep(world: number, unit: number): number {
  return GRATICULE_DEGREES.findLast((one) => (one / 360) * world >= GRATICULE_PX * unit) ?? 30;
}

/** Meridians and parallels are straight in Mercator; each says its degrees at the edge. */
export function drawGraticule(ctx: CanvasRenderingContext2D, frame: Frame, colours: Colours): void {
  const step = graticuleStep(frame.world, frame.unit);
  const decimals = step < 0.1 ? 2 : step < 1 ? (step === 0.25 ? 2 : 1) : 0;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.strokeStyle = colours.grid;
  ctx.fillStyle = colours.dim;
  ctx.lineWidth = Math.max(1, Math.round(frame.unit * 0.8));
  ctx.font = `${Math.round(11 * frame.unit)}px ${colours.mono}`;
  const halfWide = frame.width / 2 / frame.world;
  const labels: [string, number, number, CanvasTextAlign][] = [];
  ctx.beginPath();
  const [west, east] = [(frame.cx - halfWide) * 360 - 180, (frame.cx + halfWide) * 360 - 180];
  for (let n = Math.ceil(west / step); n * step <= east; n += 1) {
    const lon = ((n * step + 540) % 360) - 180;
    const x = Math.round(((n * step + 180) / 360 - frame.cx) * frame.world + frame.width / 2) + 0.5;
    ctx.moveTo(x, 0);
    ctx.lineTo(x, frame.height);
    labels.push([`${Math.abs(lon).toFixed(decimals)}°${lon < -1e-9 ? "W" : lon > 1e-9 ? "E" : ""}`, x + 3 * frame.unit, frame.height - 6 * frame.unit, "left"]);
  }
  const north = fromWorld(0, Math.max(0, frame.cy - frame.height / 2 / frame.world)).lat;
  const south = fromWorld(0, Math.min(1, frame.cy + frame.height / 2 / frame.world)).lat;
  for (let n = Math.ceil(south / step); n * step <= north; n += 1) {
    const lat = n * step;
    const y = Math.round((toWorld(lat, 0)[1] - frame.cy) * frame.world + frame.height / 2) + 0.5;
    ctx.moveTo(0, y);
    ctx.lineTo(frame.width, y);
    labels.push([`${Math.abs(lat).toFixed(decimals)}°${lat < -1e-9 ? "S" : lat > 1e-9 ? "N" : ""}`, 4 * frame.unit, y - 3 * frame.unit, "left"]);
  }
  ctx.stroke();
  for (const [text, x, y, align] of labels) {
    ctx.textAlign = align;
    ctx.fillText(text, x, y);
  }
}
