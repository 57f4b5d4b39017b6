import { describe, expect, test } from "vitest";
import { CELL_PX, countText, declutter, PointGrid } from "./grid.ts";

const WHOLE = { left: 0, top: 0, right: 1, bottom: 1 };

function gridOf(points: [number, number][]): PointGrid {
  return new PointGrid(Float64Array.from(points, ([x]) => x), Float64Array.from(points, ([, y]) => y));
}

function cells(grid: PointGrid, zoom: number, bounds = WHOLE): number[] {
  const found: number[] = [];
  grid.each(zoom, bounds, (cell) => found.push(cell.members.length));
  return found.sort((a, b) => a - b);
}

describe("points by zoom", () => {
  const two = gridOf([[0.5001, 0.3], [0.5002, 0.3], [0.9, 0.9]]);

  test("what lies on top of one another is one mark, and comes apart closer by", () => {
    expect(cells(two, 2)).toEqual([1, 2]);
    expect(cells(two, 14)).toEqual([1, 1, 1]);
  });

  test("no point is lost or shown twice at any zoom", () => {
    const many = gridOf(Array.from({ length: 500 }, (_, i) => [(i * 0.6180339) % 1, (i * 0.7548776) % 1]));
    for (let zoom = 0; zoom <= 18; zoom += 1) expect(cells(many, zoom).reduce((a, b) => a + b, 0)).toBe(500);
  });

  test("a part of the world shows what lies in it, whatever way the cells are looked up", () => {
    const bounds = { left: 0.85, top: 0.85, right: 0.95, bottom: 0.95 };
    for (const zoom of [0, 3, 9, 15]) expect(two.inside(zoom, bounds)).toEqual([2]);
  });

  test("a mark for several stands in the middle of its points", () => {
    two.each(2, WHOLE, (cell) => {
      if (cell.members.length === 2) expect(cell.x).toBeCloseTo(0.50015, 9);
    });
  });

  test("a filter takes points out of every mark, and null brings them back", () => {
    two.filter(Uint8Array.from([1, 0, 0]));
    expect([cells(two, 2), two.shows(1), two.shows(0)]).toEqual([[1], false, true]);
    two.filter(null);
    expect(cells(two, 2)).toEqual([1, 2]);
  });

  test("a frame never draws more marks than its cells, however many points there are", () => {
    const many = gridOf(Array.from({ length: 35_000 }, (_, i) => [0.5 + ((i * 0.6180339) % 1) / 20, 0.3 + ((i * 0.7548776) % 1) / 20]));
    for (let zoom = 0; zoom <= 10; zoom += 1) {
      const world = 256 * 2 ** zoom;
      const bounds = { left: 0.52, right: 0.52 + 1280 / world, top: 0.32, bottom: 0.32 + 720 / world };
      expect(cells(many, zoom, bounds).length).toBeLessThanOrEqual((1280 / CELL_PX + 4) * (720 / CELL_PX + 4));
    }
  });
});

test("numbers stay short", () => {
  expect([1, 999, 1000, 1234, 9949, 9950, 35_000].map(countText)).toEqual(["1", "999", "1.0k", "1.2k", "9.9k", "10k", "35k"]);
});

describe("labels", () => {
  const box = (x: number, y: number, width = 50, height = 12) => ({ x, y, width, height });

  test("the first one stands, what touches it does not", () => {
    expect(declutter([box(0, 0), box(40, 5), box(60, 0), box(0, 20)])).toEqual([0, 2, 3]);
  });

  test("boxes that share an edge do not touch", () => {
    expect(declutter([box(0, 0), box(50, 0), box(0, 12)])).toEqual([0, 1, 2]);
  });

  test("a wide one is seen from every cell that it covers", () => {
    expect(declutter([box(0, 0, 500, 12), box(450, 6), box(-40, -30)])).toEqual([0, 2]);
  });

  test("no two of the kept touch", () => {
    const boxes = Array.from({ length: 300 }, (_, i) => box(((i * 0.618) % 1) * 600, ((i * 0.755) % 1) * 300));
    const kept = declutter(boxes).map((i) => boxes[i]!);
    for (const [i, a] of kept.entries())
      for (const b of kept.slice(i + 1))
        expect(a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height).toBe(false);
  });
});
