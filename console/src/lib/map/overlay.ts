// Everything above the base, on the same canvas: drawn anew each frame out of pictures made once, and only what the screen can show.
import type { Frame } from "./basemap.ts";
import type { Colours } from "./colours.ts";
import type { Chosen, LayerName, LeftOut, MapArea, MapData, MapPlace } from "./data.ts";
import { NOTHING } from "./data.ts";
import { circle, inverse, spokenWay, toWorld, type Place } from "./geodesy.ts";
import { ALL_FROM_ZOOM, PointGrid, type Bounds, type Cell } from "./grid.ts";
import { Pen, type World } from "./pen.ts";
import { categoryOf, holdsDangerousForces, leading, Symbols, type Category } from "./symbols.ts";
import { fade } from "./times.ts";

/** Facilities in view up to which their rings are drawn; beyond it rings are drawn for what is chosen or of concern. */
export const RINGS_AT_MOST = 40;
/** Marks in view up to which they are named. */
export const LABELS_AT_MOST = 160;
/** Circles of doubt in a frame: more of them are one grey. */
const DOUBTS_AT_MOST = 120;
/** Dependencies in a frame; beyond it those of what is chosen. */
const LINES_AT_MOST = 200;
/** Pixels from which a circle says more than the mark in its middle. */
const CIRCLE_PX = 12;

export interface Drawn {
  x: number;
  y: number;
  r: number;
  chosen: Chosen | null;
  /** The members of a mark that stands for several, in world coordinates. */
  cluster?: Bounds;
}

interface ReportNote {
  step: number;
  kind: string;
  doubt_m: number;
  lat: number;
  bounds: Bounds;
}

interface FacilityNote {
  category: Category;
  sign: boolean;
  bounds: Bounds;
}

const NONE_LEFT_OUT: LeftOut = { rings: 0, doubts: 0, wide: 0, dependencies: 0, names: 0 };

export class Overlay {
  data: MapData = NOTHING;
  visible = new Set<LayerName>();
  selected: Chosen | null = null;
  measured: readonly Place[] = [];
  locale = "en";
  /** The instant from which reports' age is seen, and the time over which they fade. */
  seenAt = 0;
  fadeOver = 7 * 86_400_000;
  drawn: Drawn[] = [];
  /** What the last frame left out. */
  leftOut: LeftOut = NONE_LEFT_OUT;
  facilities = new PointGrid(new Float64Array(), new Float64Array());
  reports = new PointGrid(new Float64Array(), new Float64Array());
  private facilityAt = new Map<string, number>();
  private reportAt = new Map<string, number>();
  private categories: Category[] = [];
  private concerned = new Map<number, boolean>();
  private readonly outlines = new Map<string, World[]>();
  private needs: [number, number][] = [];
  private imported: { kind: string; path: Path2D; area: boolean; names: [string, number, number][] }[] = [];

  setData(data: MapData): void {
    const before = this.data;
    this.data = data;
    if (before.facilities !== data.facilities) this.setFacilities();
    if (before.reports !== data.reports) this.setReports();
    this.concerned.clear();
    for (const one of data.concerns) {
      const at = this.facilityAt.get(one.facility);
      if (at !== undefined) this.concerned.set(at, this.concerned.get(at) === true || isOpen(one.status));
    }
    if (before.imported !== data.imported) this.setImported();
    this.outlines.clear();
  }

  private setFacilities(): void {
    const all = this.data.facilities;
    this.facilities = gridOf(all);
    this.categories = all.map((one) => categoryOf(one.kind));
    this.facilityAt = new Map(all.map((one, i) => [one.id, i]));
    const byName = new Map(all.map((one, i) => [one.name.toLowerCase(), i]));
    this.needs = [];
    all.forEach((one, i) => {
      for (const need of one.needs ?? []) {
        const other = this.facilityAt.get(need.on) ?? byName.get(need.on.toLowerCase());
        if (other !== undefined) this.needs.push([i, other]);
      }
    });
  }

  private setReports(): void {
    this.reports = gridOf(this.data.reports);
    this.reportAt = new Map(this.data.reports.map((one, i) => [one.id, i]));
  }

  private setImported(): void {
    this.imported = this.data.imported.flatMap((layer) => {
      const [lines, areas] = [new Path2D(), new Path2D()];
      const names: [string, number, number][] = [];
      for (const one of layer.features) {
        if (one.point) {
          const [x, y] = toWorld(...one.point);
          names.push([one.name, x, y]);
        }
        for (const line of one.lines)
          line.forEach(([lat, lon], i) => {
            const [x, y] = toWorld(lat, lon);
            const path = one.area ? areas : lines;
            // A path keeps 24 bits of a number: in units of a ten-millionth of the world that is a few metres.
            if (i === 0) path.moveTo(x * 1e7, y * 1e7);
            else path.lineTo(x * 1e7, y * 1e7);
          });
      }
      return [
        { kind: layer.kind, path: areas, area: true, names: [] },
        { kind: layer.kind, path: lines, area: false, names },
      ];
    });
  }

  draw(ctx: CanvasRenderingContext2D, frame: Frame, zoom: number, colours: Colours, symbols: Symbols, moving = false): void {
    this.drawn = [];
    this.leftOut = { ...NONE_LEFT_OUT };
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const pen = new Pen(ctx, frame, colours, symbols, moving);
    if (this.visible.has("imported")) this.drawImported(pen, zoom);
    if (this.visible.has("windows")) this.drawWindows(pen);
    const shown = this.visible.has("facilities") ? pen.cells(this.facilities, zoom) : [];
    const single = shown.filter((cell) => cell.members.length === 1 || zoom >= ALL_FROM_ZOOM).flatMap((cell) => cell.members);
    if (this.visible.has("zones")) this.drawZones(pen, single);
    if (this.visible.has("dependencies")) this.drawNeeds(pen);
    if (this.visible.has("reports")) this.drawReports(pen, zoom);
    this.drawFacilities(pen, shown, zoom);
    if (this.visible.has("concerns")) this.drawEvidence(pen);
    if (this.visible.has("concerns")) this.drawConcerns(pen);
    if (this.visible.has("labels")) this.drawLabels(pen, single);
    if (this.visible.has("windows")) this.nameWindows(pen);
    this.drawPlaces(pen);
    this.drawMeasure(pen);
    this.drawSelection(pen);
  }

  private where(i: number): World {
    return [this.facilities.xs[i] ?? 0, this.facilities.ys[i] ?? 0];
  }

  private reportWhere(i: number): World {
    return [this.reports.xs[i] ?? 0, this.reports.ys[i] ?? 0];
  }

  private drawImported(pen: Pen, zoom: number): void {
    const { ctx, frame, colours } = pen;
    for (const layer of this.imported) {
      const scale = frame.world / 1e7;
      pen.eachWorld((shift) => {
        ctx.setTransform(scale, 0, 0, scale, (shift - frame.cx) * frame.world + frame.width / 2, frame.height / 2 - frame.cy * frame.world);
        ctx.lineWidth = (layer.kind === "borders" ? 1.6 : 1) * frame.unit / scale;
        ctx.setLineDash(layer.kind === "borders" ? [(6 * frame.unit) / scale, (4 * frame.unit) / scale] : []);
        ctx.strokeStyle = layer.kind === "borders" ? colours.dim : colours.coast;
        ctx.fillStyle = colours.water;
        if (layer.area && layer.kind === "water") ctx.fill(layer.path, "evenodd");
        ctx.stroke(layer.path);
      });
      ctx.setLineDash([]);
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      if (zoom < 5) continue;
      const inView = layer.names.filter(([, x, y]) => pen.sees(x, y));
      const beyond = Math.max(0, inView.length - 2 * LABELS_AT_MOST);
      this.leftOut.names += beyond;
      inView.length -= beyond;
      this.leftOut.names += inView.length - pen.labels(inView.map(([name, x, y]) => [name, x, y]), 3, false);
    }
  }

  private ring(key: string, centre: Place, metres: number): World[] {
    const id = `${key} ${metres}`;
    const held = this.outlines.get(id);
    if (held) return held;
    const made = circle(centre, metres).map((at) => toWorld(at.lat, at.lon));
    if (this.outlines.size > 3000) this.outlines.clear();
    this.outlines.set(id, made);
    return made;
  }

  private area(key: string, area: MapArea): World[] {
    return area.shape === "CIRCLE" ? this.ring(key, area, area.radius_m) : area.points.map(([lat, lon]) => toWorld(lat, lon));
  }

  private drawWindows(pen: Pen): void {
    for (const one of this.data.windows) {
      const { ctx, frame, colours } = pen;
      const points = this.area(`w ${one.id}`, one.area);
      ctx.strokeStyle = colours.accent;
      ctx.lineWidth = 2 * frame.unit;
      pen.dash(10, 4, 2, 4);
      if (one.area.shape === "ROUTE" && one.area.width_m > 0) {
        const lat = one.area.points[0]?.[0] ?? 0;
        ctx.save();
        ctx.setLineDash([]);
        ctx.globalAlpha = 0.25;
        ctx.lineWidth = Math.max(2 * frame.unit, pen.metres(one.area.width_m, lat));
        pen.path(points, false);
        ctx.stroke();
        ctx.restore();
      }
      pen.path(points, one.area.shape !== "ROUTE");
      if (one.area.shape !== "ROUTE") pen.wash(colours.accent, 0.12);
      ctx.stroke();
      ctx.setLineDash([]);
      const at = pen.at(middleOf(points));
      this.drawn.push({ x: at[0], y: at[1], r: 20 * frame.unit, chosen: { type: "window", id: one.id } });
    }
  }

  private nameWindows(pen: Pen): void {
    pen.words(this.data.windows.map((one) => [one.label, ...pen.at(middleOf(this.area(`w ${one.id}`, one.area)))]));
  }

  private drawZones(pen: Pen, single: readonly number[]): void {
    const few = single.length <= RINGS_AT_MOST;
    const wanted = few ? single : single.filter((i) => this.concerned.has(i) || this.isSelected(i));
    const { ctx, frame, colours } = pen;
    const drawn = new Set([...wanted.slice(0, RINGS_AT_MOST), ...this.selectedFacility()]);
    // A map under way tells nobody what it leaves out.
    if (!pen.moving && single.length > drawn.size) this.leftOut.rings = single.filter((i) => !drawn.has(i) && this.ringSeen(pen, i)).length;
    for (const i of drawn) {
      const one = this.data.facilities[i];
      if (!one) continue;
      if (one.outline) {
        ctx.lineWidth = 1.6 * frame.unit;
        ctx.strokeStyle = colours.ink;
        for (const part of one.outline.parts) {
          pen.path(part.map(([lat, lon]) => toWorld(lat, lon)), one.outline.area);
          if (one.outline.area) pen.wash(colours.ink, 0.1);
          ctx.stroke();
        }
      }
      const site = one.radius_m ?? 0;
      const widths = [...(site > 0 && !one.outline ? [0] : []), ...(one.rings_m ?? [])];
      for (const width of widths) {
        const metres = site + width;
        if (pen.metres(metres, one.lat) < CIRCLE_PX * frame.unit) continue;
        ctx.strokeStyle = this.concerned.has(i) ? colours.warning : colours.accent;
        ctx.lineWidth = (width === 0 ? 1.8 : 1.1) * frame.unit;
        pen.dash(...(width === 0 ? [] : [5, 4]));
        pen.outline(this.ring(one.id, one, metres));
        ctx.stroke();
      }
      ctx.setLineDash([]);
    }
  }

  /** Whether a site's widest ring would be more than its mark. */
  private ringSeen(pen: Pen, i: number): boolean {
    const one = this.data.facilities[i];
    return one !== undefined && pen.metres((one.radius_m ?? 0) + Math.max(0, ...(one.rings_m ?? [])), one.lat) >= CIRCLE_PX * pen.frame.unit;
  }

  private drawNeeds(pen: Pen): void {
    const { ctx, frame, colours } = pen;
    const inView = this.needs.filter(([a, b]) => pen.sees(...this.where(a)) || pen.sees(...this.where(b)));
    const few = inView.length <= LINES_AT_MOST ? inView : inView.filter(([a, b]) => this.isSelected(a) || this.isSelected(b));
    this.leftOut.dependencies = inView.length - few.length;
    ctx.strokeStyle = colours.good;
    ctx.lineWidth = 1.4 * frame.unit;
    pen.dash(2, 4);
    ctx.beginPath();
    for (const [a, b] of few) pen.segment(pen.at(this.where(a)), pen.at(this.where(b), this.where(a)));
    ctx.stroke();
    ctx.setLineDash([]);
  }

  private drawReports(pen: Pen, zoom: number): void {
    const { frame, symbols } = pen;
    const selected = this.selected?.type === "report" ? this.reportAt.get(this.selected.id) : undefined;
    const cells = pen.cells(this.reports, zoom);
    this.drawDoubts(pen, cells, selected);
    for (const cell of cells) {
      const { step, kind, bounds } = this.reportNote(cell);
      if (cell.members.length > 1 && zoom < ALL_FROM_ZOOM) {
        const at = pen.at([cell.x, cell.y]);
        pen.picture(symbols.report(kind, step, cell.members.length), at);
        this.drawn.push({ x: at[0], y: at[1], r: 14 * frame.unit, chosen: null, cluster: bounds });
        continue;
      }
      for (const i of cell.members) {
        const one = this.data.reports[i];
        if (!one) continue;
        const at = pen.at(this.reportWhere(i));
        pen.picture(symbols.report(one.kind, fade(one, this.seenAt, this.fadeOver), 1), at);
        this.drawn.push({ x: at[0], y: at[1], r: 10 * frame.unit, chosen: { type: "report", id: one.id } });
      }
    }
  }

  private drawDoubts(pen: Pen, cells: readonly Cell[], selected: number | undefined): void {
    const { ctx, frame, colours } = pen;
    const least = CIRCLE_PX * frame.unit;
    let doubts = 0;
    ctx.lineWidth = frame.unit;
    ctx.strokeStyle = colours.info;
    ctx.globalAlpha = 0.55;
    for (const cell of cells) {
      const { doubt_m, lat } = this.reportNote(cell);
      if (pen.metres(doubt_m, lat) < least) continue;
      for (const i of cell.members) {
        const one = this.data.reports[i];
        if (!one) continue;
        const reach = pen.metres(one.uncertainty_m, one.lat);
        if (reach < least) continue;
        // A doubt as wide as the screen says nothing but that; it is drawn for the chosen report alone.
        const wide = reach > frame.width;
        if ((wide || doubts >= DOUBTS_AT_MOST) && i !== selected) {
          this.leftOut[wide ? "wide" : "doubts"] += 1;
          continue;
        }
        doubts += 1;
        pen.outline(this.ring(`r ${one.id}`, one, one.uncertainty_m));
        ctx.stroke();
      }
    }
    ctx.globalAlpha = 1;
  }

  /** The freshest report of a cell, its widest doubt, and how far from the equator it reaches. */
  private reportNote(cell: Cell): ReportNote {
    const held = cell.note as ReportNote | undefined;
    if (held) return held;
    const note: ReportNote = { step: Infinity, kind: "EVENT", doubt_m: 0, lat: 0, bounds: boundsOf(cell, this.reports) };
    for (const i of cell.members) {
      const one = this.data.reports[i];
      if (!one) continue;
      const step = fade(one, this.seenAt, this.fadeOver);
      if (step < note.step) [note.step, note.kind] = [step, one.kind];
      note.doubt_m = Math.max(note.doubt_m, one.uncertainty_m);
      note.lat = Math.max(note.lat, Math.abs(one.lat));
    }
    cell.note = note;
    return note;
  }

  /** From a concern to each report it rests on, with the distance: of the chosen concern, or of that of the chosen facility. */
  private drawEvidence(pen: Pen): void {
    const { ctx, frame, colours } = pen;
    for (const one of this.data.concerns) {
      const chosen =
        (this.selected?.type === "concern" && this.selected.id === one.id) ||
        (this.selected?.type === "facility" && this.selected.id === one.facility) ||
        this.data.concerns.length === 1;
      const at = this.facilityAt.get(one.facility);
      const facility = at === undefined ? undefined : this.data.facilities[at];
      if (!chosen || !facility || at === undefined) continue;
      const from = pen.at(this.where(at));
      const words: [string, number, number][] = [];
      ctx.strokeStyle = colours.warning;
      ctx.lineWidth = 1.6 * frame.unit;
      ctx.beginPath();
      for (const id of one.evidence) {
        const i = this.reportAt.get(id);
        const report = i === undefined ? undefined : this.data.reports[i];
        if (i === undefined || !report) continue;
        const to = pen.at(this.reportWhere(i), this.where(at));
        ctx.moveTo(...from);
        ctx.lineTo(...to);
        if (Math.hypot(to[0] - from[0], to[1] - from[1]) > 40 * frame.unit)
          words.push([spokenWay(inverse(facility, report), this.locale), (from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
        pen.picture(pen.symbols.report(report.kind, 0, 1), to);
      }
      ctx.stroke();
      pen.words(words);
    }
  }

  private drawFacilities(pen: Pen, shown: readonly Cell[], zoom: number): void {
    for (const cell of shown) {
      if (cell.members.length === 1 || zoom >= ALL_FROM_ZOOM) {
        for (const i of cell.members) this.drawFacility(pen, i);
        continue;
      }
      const at = pen.at([cell.x, cell.y]);
      const { category, sign, bounds } = this.facilityNote(cell);
      pen.picture(pen.symbols.cluster(category, cell.members.length, sign), at);
      this.drawn.push({ x: at[0], y: at[1], r: 20 * pen.frame.unit, chosen: null, cluster: bounds });
    }
  }

  /** The category that leads in a cell, and whether any of its works holds dangerous forces. */
  private facilityNote(cell: Cell): FacilityNote {
    const held = cell.note as FacilityNote | undefined;
    if (held) return held;
    const note: FacilityNote = {
      category: leading(new Set(cell.members.map((i) => this.categories[i] ?? "other"))),
      sign: cell.members.some((i) => holdsDangerousForces(this.data.facilities[i]?.kind ?? "")),
      bounds: boundsOf(cell, this.facilities),
    };
    cell.note = note;
    return note;
  }

  private drawFacility(pen: Pen, i: number): void {
    const one = this.data.facilities[i];
    if (!one) return;
    const at = pen.at(this.where(i));
    const mark = pen.symbols.facility(this.categories[i] ?? "other", holdsDangerousForces(one.kind));
    // The plate's middle is the place; the sign hangs below.
    pen.ctx.drawImage(mark, Math.round(at[0] - mark.width / 2), Math.round(at[1] - 13 * pen.frame.unit));
    this.drawn.push({ x: at[0], y: at[1], r: 15 * pen.frame.unit, chosen: { type: "facility", id: one.id } });
  }

  private drawConcerns(pen: Pen): void {
    for (const [i, open] of this.concerned) {
      const where = this.where(i);
      if (!pen.sees(...where)) continue;
      this.drawFacility(pen, i);
      pen.picture(pen.symbols.concern(open), pen.at(where));
    }
  }

  private drawLabels(pen: Pen, single: readonly number[]): void {
    const first = [...this.concerned.keys(), ...this.selectedFacility()].filter((i) => pen.sees(...this.where(i)));
    const rest = single.length <= LABELS_AT_MOST ? single : [];
    const wanted = [...new Set([...first, ...rest])];
    const standing = pen.labels(wanted.map((i) => [this.data.facilities[i]?.name ?? "", ...this.where(i)]), 16, false);
    this.leftOut.names += new Set([...first, ...single]).size - standing;
  }

  private drawPlaces(pen: Pen): void {
    const readback = this.data.readback;
    if (readback) {
      const [a, b] = [toWorld(readback.sent.lat, readback.sent.lon), toWorld(readback.read.lat, readback.read.lon)];
      const [from, to] = [pen.at(a), pen.at(b, a)];
      const { ctx, frame, colours } = pen;
      ctx.strokeStyle = colours.warning;
      ctx.lineWidth = 2 * frame.unit;
      ctx.beginPath();
      ctx.moveTo(...from);
      ctx.lineTo(...to);
      ctx.stroke();
      const distance = spokenWay(inverse(readback.sent, readback.read), this.locale);
      pen.words([[distance, (from[0] + to[0]) / 2, (from[1] + to[1]) / 2 - 14 * frame.unit]]);
      this.drawPlace(pen, readback.sent, 0);
      this.drawPlace(pen, readback.read, 1);
    }
    for (const one of this.data.places) this.drawPlace(pen, one, 0);
  }

  private drawPlace(pen: Pen, place: MapPlace, which: number): void {
    const { ctx, frame, colours, symbols } = pen;
    const world = toWorld(place.lat, place.lon);
    const doubt = place.uncertainty_m ?? 0;
    if (pen.metres(doubt, place.lat) >= CIRCLE_PX * frame.unit) {
      ctx.strokeStyle = colours.accent;
      ctx.lineWidth = 1.2 * frame.unit;
      pen.path(this.ring(`p ${place.lat} ${place.lon}`, place, doubt), true);
      ctx.stroke();
    }
    const at = pen.at(world);
    pen.picture(symbols.place(which), at);
    this.drawn.push({ x: at[0], y: at[1], r: 14 * frame.unit, chosen: { type: "place", id: place.label } });
    const label = symbols.label(place.label, true);
    ctx.drawImage(label, Math.round(at[0] + 14 * frame.unit), Math.round(at[1] + (which === 0 ? -label.height : 0)));
  }

  private drawMeasure(pen: Pen): void {
    if (this.measured.length === 0) return;
    const { ctx, frame, colours } = pen;
    const worlds = this.measured.map((one) => toWorld(one.lat, one.lon));
    ctx.strokeStyle = colours.focus;
    ctx.lineWidth = 2.5 * frame.unit;
    pen.path(worlds, false);
    ctx.stroke();
    worlds.forEach((one) => pen.picture(pen.symbols.place(0), pen.at(one)));
    const words: [string, number, number][] = [];
    for (let i = 1; i < worlds.length; i += 1) {
      const [from, to, a, b] = [this.measured[i - 1], this.measured[i], worlds[i - 1], worlds[i]];
      if (!from || !to || !a || !b) continue;
      const [p, q] = [pen.at(a), pen.at(b, a)];
      words.push([spokenWay(inverse(from, to), this.locale), (p[0] + q[0]) / 2, (p[1] + q[1]) / 2]);
    }
    pen.words(words);
  }

  private drawSelection(pen: Pen): void {
    const world = this.selectedWorld();
    if (!world) return;
    const [only] = this.selectedFacility();
    if (only !== undefined && this.visible.has("facilities")) this.drawFacility(pen, only);
    pen.picture(pen.symbols.selection(), pen.at(world));
  }

  private selectedWorld(): World | undefined {
    const chosen = this.selected;
    if (!chosen) return undefined;
    if (chosen.type === "report") {
      const i = this.reportAt.get(chosen.id);
      return i === undefined ? undefined : this.reportWhere(i);
    }
    const [i] = this.selectedFacility();
    return i === undefined ? undefined : this.where(i);
  }

  private selectedFacility(): number[] {
    const chosen = this.selected;
    if (!chosen) return [];
    const id = chosen.type === "concern" ? this.data.concerns.find((one) => one.id === chosen.id)?.facility : chosen.type === "facility" ? chosen.id : undefined;
    const at = id === undefined ? undefined : this.facilityAt.get(id);
    return at === undefined ? [] : [at];
  }

  private isSelected(i: number): boolean {
    return this.selectedFacility().includes(i);
  }

  /** What lies at a place of the canvas, the nearest first. */
  hit(x: number, y: number): Drawn | undefined {
    let best: Drawn | undefined;
    let least = Infinity;
    for (const one of this.drawn) {
      const away = Math.hypot(one.x - x, one.y - y);
      // What was drawn later lies above.
      if (away <= one.r && away <= least) [best, least] = [one, away];
    }
    return best;
  }
}

/** A concern that nobody has brought to an end. */
export const isOpen = (status: string) => !/^(CLOSED|DISMISSED|ANSWERED|RESOLVED)/.test(status);

function gridOf(places: readonly Place[]): PointGrid {
  const [xs, ys] = [new Float64Array(places.length), new Float64Array(places.length)];
  places.forEach((one, i) => {
    const [x, y] = toWorld(one.lat, one.lon);
    // The line of 180 degrees is the western edge alone.
    xs[i] = x >= 1 ? 0 : x;
    ys[i] = Math.min(y, 1 - 1e-12);
  });
  return new PointGrid(xs, ys);
}

function middleOf(points: readonly World[]): World {
  return points.reduce<[number, number]>((sum, [x, y]) => [sum[0] + x / points.length, sum[1] + y / points.length], [0, 0]);
}

function boundsOf(cell: Cell, grid: PointGrid): Bounds {
  const found = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const i of cell.members) {
    const [x, y] = [grid.xs[i] ?? 0, grid.ys[i] ?? 0];
    found.left = Math.min(found.left, x);
    found.right = Math.max(found.right, x);
    found.top = Math.min(found.top, y);
    found.bottom = Math.max(found.bottom, y);
  }
  return found;
}
