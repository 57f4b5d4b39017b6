// A frame's canvas with what turns the world's places into its pixels, and how lines, pictures and words are put there.
import type { Frame } from "./basemap.ts";
import type { Colours } from "./colours.ts";
import { declutter, type Box, type Cell, type PointGrid } from "./grid.ts";
import type { Sprite, Symbols } from "./symbols.ts";

export type World = readonly [number, number];

/** What of a segment lies in a window with some room around it; undefined when nothing does (Liang and Barsky 1984). */
export function clipped(
  from: readonly [number, number], to: readonly [number, number], width: number, height: number, room: number,
): [[number, number], [number, number]] | undefined {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  let [first, last] = [0, 1];
  for (const [p, q] of [[-dx, from[0] + room], [dx, width + room - from[0]], [-dy, from[1] + room], [dy, height + room - from[1]]] as const) {
    if (p === 0) {
      if (q < 0) return undefined;
    } else if (p < 0) first = Math.max(first, q / p);
    else last = Math.min(last, q / p);
  }
  if (first > last) return undefined;
  return [[from[0] + first * dx, from[1] + first * dy], [from[0] + last * dx, from[1] + last * dy]];
}

/** A frame's canvas with what turns the world's places into its pixels. */
export class Pen {
  readonly ctx: CanvasRenderingContext2D;
  readonly frame: Frame;
  readonly colours: Colours;
  readonly symbols: Symbols;
  readonly moving: boolean;
  private readonly halfX: number;
  private readonly halfY: number;

  constructor(ctx: CanvasRenderingContext2D, frame: Frame, colours: Colours, symbols: Symbols, moving: boolean) {
    this.moving = moving;
    this.ctx = ctx;
    this.frame = frame;
    this.colours = colours;
    this.symbols = symbols;
    this.halfX = (frame.width / 2 + 30 * frame.unit) / frame.world;
    this.halfY = (frame.height / 2 + 30 * frame.unit) / frame.world;
  }

  /** The copy of the world in which a place is nearest to the middle, or to another place. */
  private shift(x: number, near: number): number {
    return Math.round(near - x);
  }

  /** Dashes of a line in plain pixels; a map under way draws them through, which takes a tenth of the time. */
  dash(...lengths: number[]): void {
    this.ctx.setLineDash(this.moving ? [] : lengths.map((one) => one * this.frame.unit));
  }

  at(world: World, near?: World): [number, number] {
    const beside = near ? near[0] + this.shift(near[0], this.frame.cx) : this.frame.cx;
    const x = world[0] + this.shift(world[0], beside);
    return [(x - this.frame.cx) * this.frame.world + this.frame.width / 2, (world[1] - this.frame.cy) * this.frame.world + this.frame.height / 2];
  }

  sees(x: number, y: number): boolean {
    return Math.abs(x + this.shift(x, this.frame.cx) - this.frame.cx) <= this.halfX && Math.abs(y - this.frame.cy) <= this.halfY;
  }

  eachWorld(draw: (shift: number) => void): void {
    for (let k = Math.floor(this.frame.cx - this.halfX); k <= Math.floor(this.frame.cx + this.halfX); k += 1) draw(k);
  }

  cells(grid: PointGrid, zoom: number): Cell[] {
    const found: Cell[] = [];
    const [top, bottom] = [this.frame.cy - this.halfY, this.frame.cy + this.halfY];
    if (this.halfX >= 0.5) grid.each(zoom, { left: 0, right: 1, top, bottom }, (cell) => found.push(cell));
    else
      this.eachWorld((shift) => {
        const [left, right] = [Math.max(0, this.frame.cx - this.halfX - shift), Math.min(1, this.frame.cx + this.halfX - shift)];
        grid.each(zoom, { left, right, top, bottom }, (cell) => found.push(cell));
      });
    return found;
  }

  /** Device pixels of a length at a latitude. */
  metres(length: number, lat: number): number {
    return (length * this.frame.world) / (40_075_016.69 * Math.cos((Math.min(85, Math.abs(lat)) * Math.PI) / 180));
  }

  path(points: readonly World[], close: boolean): void {
    this.ctx.beginPath();
    this.pixels(points).forEach(([x, y], i) => (i === 0 ? this.ctx.moveTo(x, y) : this.ctx.lineTo(x, y)));
    if (close) this.ctx.closePath();
  }

  /** What of a line lies in the window: dashes of a line that runs far out of it take longer than all else. */
  segment(from: readonly [number, number], to: readonly [number, number]): void {
    const [a, b] = clipped(from, to, this.frame.width, this.frame.height, 20 * this.frame.unit) ?? [];
    if (!a || !b) return;
    this.ctx.moveTo(...a);
    this.ctx.lineTo(...b);
  }

  /** A closed line that is not filled. */
  outline(points: readonly World[]): void {
    this.ctx.beginPath();
    const px = this.pixels(points);
    if (px.every(([x, y]) => x > -200 && y > -200 && x < this.frame.width + 200 && y < this.frame.height + 200)) {
      px.forEach(([x, y], i) => (i === 0 ? this.ctx.moveTo(x, y) : this.ctx.lineTo(x, y)));
      this.ctx.closePath();
    } else
      px.forEach((to, i) => {
        const from = px[i - 1];
        if (from) this.segment(from, to);
      });
  }

  private pixels(points: readonly World[]): [number, number][] {
    const first = points[0];
    if (!first) return [];
    const shift = this.shift(first[0], this.frame.cx);
    let before = first[0];
    return points.map(([x, y]) => {
      before = x + Math.round(before - x);
      return [(before + shift - this.frame.cx) * this.frame.world + this.frame.width / 2, (y - this.frame.cy) * this.frame.world + this.frame.height / 2];
    });
  }

  wash(colour: string, alpha: number): void {
    this.ctx.save();
    this.ctx.globalAlpha = alpha;
    this.ctx.fillStyle = colour;
    this.ctx.fill();
    this.ctx.restore();
  }

  picture(sprite: Sprite, at: readonly [number, number]): void {
    this.ctx.drawImage(sprite, Math.round(at[0] - sprite.width / 2), Math.round(at[1] - sprite.height / 2));
  }

  /** Names beside places, as many as stand without touching; the first ones win. Returns how many stand. */
  labels(names: readonly (readonly [string, number, number])[], beside: number, strong: boolean): number {
    const sprites = names.map(([text]) => this.symbols.label(text, strong));
    const boxes = names.map(([, x, y], i): Box => {
      const [px, py] = this.at([x, y]);
      const sprite = sprites[i];
      return { x: px + beside * this.frame.unit, y: py - (sprite?.height ?? 0) / 2, width: sprite?.width ?? 0, height: sprite?.height ?? 0 };
    });
    const standing = declutter(boxes);
    for (const i of standing) {
      const [sprite, box] = [sprites[i], boxes[i]];
      if (sprite && box) this.ctx.drawImage(sprite, Math.round(box.x), Math.round(box.y));
    }
    return standing.length;
  }

  /** Words centred on places of the canvas, as many as stand without touching. */
  words(words: readonly (readonly [string, number, number])[]): void {
    const sprites = words.map(([text]) => this.symbols.label(text, true));
    const boxes = words.map(([, x, y], i): Box => {
      const [width, height] = [sprites[i]?.width ?? 0, sprites[i]?.height ?? 0];
      return { x: x - width / 2, y: y - height / 2, width, height };
    });
    for (const i of declutter(boxes)) {
      const [sprite, box] = [sprites[i], boxes[i]];
      if (sprite && box) this.ctx.drawImage(sprite, Math.round(box.x), Math.round(box.y));
    }
  }
}
