// What the map screen asks of the node, as the values that ui/Map shows. The register comes once for each state of it.
import { get, type AnswerOf } from "$lib/api.ts";
import { word } from "$lib/i18n.svelte.ts";
import { plain } from "$lib/inert.ts";
import { can } from "$lib/session.svelte.ts";
import { areaOf, placeOf, type MapConcern, type MapFacility, type MapImported, type MapReport, type MapWindow } from "$lib/map/data.ts";

type Columns = Omit<NonNullable<AnswerOf<"map">["columns"]>, "precision_m">;
type ReportColumns = Omit<AnswerOf<"map-reports">, "located" | "located_by">;

/**
 * A list that is replaced whole and never changed in place. As an instance of a class it is left as it is by reactive
 * state, which would otherwise put a proxy before each of 45,000 entries and each of their fields.
 */
export class Whole<T> {
  readonly all: readonly T[];
  /** Whether there are more than these. */
  readonly more: boolean;

  constructor(all: readonly T[], more = false) {
    this.all = all;
    this.more = more;
  }
}

/** Characters of a name on the map; the list beside it has more. */
const NAME_CHARS = 80;

let held = { version: "", facilities: new Whole<MapFacility>([]) };

/** Every facility, by its name in a language; what is held already is not fetched again. */
export async function loadFacilities(locale: string): Promise<Whole<MapFacility>> {
  const found = await get("map", { query: { locale, ...(held.version ? { known: held.version } : {}) } });
  if (found.columns) held = { version: found.version, facilities: new Whole(facilitiesOf(found.columns)) };
  return held.facilities;
}

export function facilitiesOf(columns: Columns): MapFacility[] {
  const found = columns.id.map(
    (id, i): MapFacility => ({
      id,
      name: plain(columns.name[i] ?? "", NAME_CHARS),
      kind: columns.kinds[columns.kind[i] ?? -1] ?? "OTHER-FACILITY",
      lat: (columns.lat_e7[i] ?? 0) / 1e7,
      lon: (columns.lon_e7[i] ?? 0) / 1e7,
      radius_m: columns.radius_m[i] ?? 0,
      rings_m: columns.rings_m[columns.rings[i] ?? -1] ?? [],
      special_sign: columns.signs[columns.sign[i] ?? -1] ?? "NOT-KNOWN",
    }),
  );
  for (const [i, name] of columns.also) {
    const one = found[Number(i)];
    if (one) one.also = [...(one.also ?? []), plain(String(name), NAME_CHARS)];
  }
  for (const [i, on, kind] of columns.needs) {
    const one = found[Number(i)];
    if (one) one.needs = [...(one.needs ?? []), { on: String(on), kind: String(kind) }];
  }
  for (const { facility, kind, parts } of columns.outlines) {
    const one = found[facility];
    if (one) one.outline = { area: kind === "POLYGON", parts: parts.map((part) => part.map(([lat = 0, lon = 0]) => [lat / 1e7, lon / 1e7] as const)) };
  }
  return found;
}

/** Reports of an interval, oldest first; `more` says that there are more than a map shows. */
export async function loadReports(since: Date, until: Date): Promise<Whole<MapReport>> {
  const whole = (one: Date) => `${one.toISOString().slice(0, 19)}Z`;
  const found = await get("map-reports", { query: { since: whole(since), until: whole(until), limit: "10000" } });
  return new Whole(reportsOf(found), found.more);
}

export function reportsOf(columns: ReportColumns): MapReport[] {
  return columns.id.map((id, i) => ({
    id,
    kind: columns.kinds[columns.kind[i] ?? 0] ?? "EVENT",
    what: columns.whats[columns.what[i] ?? -1] ?? "",
    label: plain(columns.title[i] ?? "", NAME_CHARS),
    lat: (columns.lat_e7[i] ?? 0) / 1e7,
    lon: (columns.lon_e7[i] ?? 0) / 1e7,
    uncertainty_m: columns.uncertainty_m[i] ?? 0,
    from: columns.from_ms[i] ?? 0,
    until: columns.until_ms[i] ?? 0,
  }));
}

/** The reports that a concern rests on: they may be older than the days that are shown. */
export async function loadEvidence(concern: string): Promise<Whole<MapReport>> {
  if (!concern) return new Whole([]);
  const { reports } = await get("concern", { path: { concern } });
  const found = reports.flatMap((one) => {
    const place = placeOf(one.place);
    if (!place) return [];
    const label = plain(one.place_name || one.who_says, NAME_CHARS);
    return [{ id: one.report_id, kind: one.kind, what: one.what, label, ...place, uncertainty_m: one.uncertainty_m, from: Date.parse(one.from), until: Date.parse(one.until) }];
  });
  return new Whole(found);
}

export async function loadConcerns(): Promise<MapConcern[]> {
  // The roles that see the map are more than those that see concerns.
  if (!can("concerns")) return [];
  const found = await get("concerns");
  return found.map((one) => ({ id: one.id, facility: one.facility, status: one.status, rank: one.rank, evidence: one.evidence }));
}

export async function loadWindows(): Promise<MapWindow[]> {
  const found = await get("windows");
  return found.flatMap((one) => {
    const area = areaOf(one.zone);
    return area ? [{ id: one.window, label: `${one.window}: ${word("map-window-status", one.status)}`, area }] : [];
  });
}

type Position = [number, number];

interface Feature {
  properties?: { name?: unknown } | null;
  geometry: { type: string; coordinates: unknown } | null;
}

/** Layers that the operator imported. */
export async function loadImported(): Promise<Whole<MapImported>> {
  const listed = await get("map-layers");
  const found = await Promise.all(
    listed.map(async ({ name, kind, disclaimer }) => {
      const file = (await get("map-layer", { path: { layer: name } })) as { features?: Feature[] };
      return { name, kind, disclaimer, features: (file.features ?? []).flatMap((one) => featureOf(one)) };
    }),
  );
  return new Whole(found);
}

/** GeoJSON says longitude first; the map says latitude first. */
const turned = (line: Position[]): [number, number][] => line.map(([lon, lat]) => [lat, lon]);

export function featureOf(one: Feature): MapImported["features"][number][] {
  const name = typeof one.properties?.name === "string" ? plain(one.properties.name, NAME_CHARS) : "";
  const { type, coordinates } = one.geometry ?? { type: "", coordinates: null };
  if (type === "Point") {
    const [lon, lat] = coordinates as Position;
    return [{ name, lines: [], area: false, point: [lat, lon] }];
  }
  if (type === "LineString") return [{ name, lines: [turned(coordinates as Position[])], area: false }];
  if (type === "MultiLineString") return [{ name, lines: (coordinates as Position[][]).map(turned), area: false }];
  if (type === "Polygon") return [{ name, lines: (coordinates as Position[][]).map(turned), area: true }];
  if (type === "MultiPolygon") return [{ name, lines: (coordinates as Position[][][]).flat().map(turned), area: true }];
  return [];
}
