// Points by zoom: what would lie on top of one another is one mark with a number, so that a frame draws what a screen
// can show and not what a register holds.

/** Side of a cell on a plain screen: a mark and the room that its number takes. */
export const CELL_PX = 42;

/** From this zoom on nothing is drawn together: cells are some 300 m wide at 50 degrees. */
export const ALL_FROM_ZOOM = 12.5;

export interface Cell {
  x: number;
  y: number;
  members: number[];
  /** What a frame needs to know of the members, worked out once for as long as the cell lasts. */
  note?: unknown;
}

export interface Bounds {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Points in the unit square of the Mercator world, some of which are kept by a filter. */
export class PointGrid {
  private readonly levels = new Map<number, { across: number; cells: Map<number, Cell> }>();
  private kept: Uint8Array | null = null;
  readonly xs: Float64Array;
  readonly ys: Float64Array;

  constructor(xs: Float64Array, ys: Float64Array) {
    this.xs = xs;
    this.ys = ys;
  }

  /** Shows those points alone whose byte is set; null shows all. */
  filter(kept: Uint8Array | null): void {
    this.kept = kept;
    this.levels.clear();
  }

  shows(index: number): boolean {
    return this.kept === null || this.kept[index] === 1;
  }

  private level(zoom: number): { across: number; cells: Map<number, Cell> } {
    const held = this.levels.get(zoom);
    if (held) return held;
    const across = Math.max(1, Math.round((256 * 2 ** zoom) / CELL_PX));
    const cells = new Map<number, Cell>();
    for (let i = 0; i < this.xs.length; i += 1) {
      if (this.kept !== null && this.kept[i] !== 1) continue;
      const [x, y] = [this.xs[i] ?? 0, this.ys[i] ?? 0];
      const key = Math.floor(y * across) * across + Math.floor(x * across);
      const cell = cells.get(key);
      if (!cell) cells.set(key, { x, y, members: [i] });
      else {
        cell.members.push(i);
        const n = cell.members.length;
        cell.x += (x - cell.x) / n;
        cell.y += (y - cell.y) / n;
      }
    }
    const made = { across, cells };
    this.levels.set(zoom, made);
    return made;
  }

  /** Calls back for each cell that may show in a part of the world; x of the bounds lies within 0 to 1. */
  each(zoom: number, bounds: Bounds, found: (cell: Cell) => void): void {
    const { across, cells } = this.level(Math.max(0, Math.round(zoom)));
    const [left, right] = [Math.max(0, Math.floor(bounds.left * across) - 1), Math.min(across - 1, Math.floor(bounds.right * across) + 1)];
    const [top, bottom] = [Math.max(0, Math.floor(bounds.top * across) - 1), Math.min(across - 1, Math.floor(bounds.bottom * across) + 1)];
    if ((right - left + 1) * (bottom - top + 1) > cells.size) {
      for (const cell of cells.values())
        if (cell.x >= bounds.left - 1 / across && cell.x <= bounds.right + 1 / across && cell.y >= bounds.top - 1 / across && cell.y <= bounds.bottom + 1 / across)
          found(cell);
      return;
    }
    for (let row = top; row <= bottom; row += 1)
      for (let column = left; column <= right; column += 1) {
        const cell = cells.get(row * across + column);
        if (cell) found(cell);
      }
  }

  /** Indices of the points inside bounds. */
  inside(zoom: number, bounds: Bounds): number[] {
    const found: number[] = [];
    this.each(zoom, bounds, (cell) => {
      for (const i of cell.members) {
        const [x, y] = [this.xs[i] ?? 0, this.ys[i] ?? 0];
        if (x >= bounds.left && x <= bounds.right && y >= bounds.top && y <= bounds.bottom) found.push(i);
      }
    });
    return found;
  }
}

/** A number on a mark: 7, 999, 1.2k, 35k. */
export function countText(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return thousands < 9.95 ? `${thousands.toFixed(1)}k` : `${Math.round(thousands)}k`;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Those of some boxes that can stand without touching one before them; the first ones win. */
export function declutter(boxes: readonly Box[], cell = 64): number[] {
  const taken = new Map<number, Box[]>();
  const kept: number[] = [];
  const keys: number[] = [];
  boxes.forEach((box, i) => {
    keys.length = 0;
    for (let row = Math.floor(box.y / cell); row <= Math.floor((box.y + box.height) / cell); row += 1)
      for (let column = Math.floor(box.x / cell); column <= Math.floor((box.x + box.width) / cell); column += 1)
        // A screen has far fewer than 65,536 cells in a row, to the left of it too.
        keys.push(row * 65_536 + column);
    const touches = (other: Box) =>
      other.x < box.x + box.width && box.x < other.x + other.width && other.y < box.y + box.height && box.y < other.y + other.height;
    if (keys.some((key) => taken.get(key)?.some(touches))) return;
    kept.push(i);
    for (const key of keys) {
      const there = taken.get(key);
      if (there) there.push(box);
      else taken.set(key, [box]);
    }
  });
  return kept;
}
