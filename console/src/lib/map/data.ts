// What the map shows, as plain values: whoever has them hands them in, and the map asks the node for nothing.

export interface MapFacility {
  id: string;
  /** In the session's language, or the one that comes first. */
  name: string;
  /** Its names in other languages, by which it is found too. */
  also?: readonly string[];
  kind: string;
  lat: number;
  lon: number;
  /** Metres from the place to the edge of the site. */
  radius_m?: number;
  /** Widths of the watch rings from the edge of the site. */
  rings_m?: readonly number[];
  special_sign?: string;
  /** What it depends on: ids or names, and how. */
  needs?: readonly { on: string; kind: string }[];
  /** Outline or course: parts of [latitude, longitude], closed for areas. */
  outline?: { area: boolean; parts: readonly (readonly [number, number])[][] };
}

export interface MapReport {
  id: string;
  kind: string;
  what: string;
  /** What the list says of it: place and source in the source's words. */
  label: string;
  lat: number;
  lon: number;
  uncertainty_m: number;
  /** Milliseconds since 1970. */
  from: number;
  until: number;
}

export interface MapConcern {
  id: string;
  facility: string;
  status: string;
  rank: number;
  /** Ids of reports that it rests on. */
  evidence: readonly string[];
}

export interface MapPlace {
  label: string;
  lat: number;
  lon: number;
  uncertainty_m?: number;
}

export interface MapWindow {
  id: string;
  label: string;
  area: MapArea;
}

export type MapArea =
  | { shape: "CIRCLE"; lat: number; lon: number; radius_m: number }
  | { shape: "POLYGON"; points: readonly [number, number][] }
  | { shape: "ROUTE"; points: readonly [number, number][]; width_m: number };

/** A place as it was sent and as it was read back. */
export interface MapReadback {
  sent: MapPlace;
  read: MapPlace;
}

/** A layer that the operator imported: GeoJSON, its kind and what stands under it. */
export interface MapImported {
  name: string;
  kind: string;
  disclaimer: string;
  features: readonly { name: string; lines: readonly [number, number][][]; area: boolean; point?: readonly [number, number] }[];
}

export interface MapData {
  facilities: readonly MapFacility[];
  reports: readonly MapReport[];
  concerns: readonly MapConcern[];
  windows: readonly MapWindow[];
  places: readonly MapPlace[];
  imported: readonly MapImported[];
  readback?: MapReadback | undefined;
}

export const NOTHING: MapData = { facilities: [], reports: [], concerns: [], windows: [], places: [], imported: [] };

/** What a frame left out, so that the screen can say so: how many of each. */
export interface LeftOut {
  /** Sites whose rings are not drawn because too many are in view. */
  rings: number;
  /** Circles of doubt beyond what a frame draws. */
  doubts: number;
  /** Reports that are known less exactly than the window is wide. */
  wide: number;
  dependencies: number;
  names: number;
}

export const LEFT_OUT = ["rings", "doubts", "wide", "dependencies", "names"] as const satisfies readonly (keyof LeftOut)[];

export const LAYERS = ["graticule", "facilities", "zones", "dependencies", "reports", "concerns", "windows", "imported", "labels"] as const;
export type LayerName = (typeof LAYERS)[number];

export type Chosen =
  | { type: "facility"; id: string }
  | { type: "report"; id: string }
  | { type: "concern"; id: string }
  | { type: "window"; id: string }
  | { type: "place"; id: string };

const DEGREES = /^(\d{1,2}(?:\.\d+)?)([NS]) (\d{1,3}(?:\.\d+)?)([EW])$/;

/** Reads `47.5122N 34.5858E`, as the desk writes places; undefined for anything else. */
export function placeOf(text: string): { lat: number; lon: number } | undefined {
  const match = DEGREES.exec(text.trim());
  if (!match) return undefined;
  return { lat: Number(match[1]) * (match[2] === "S" ? -1 : 1), lon: Number(match[3]) * (match[4] === "W" ? -1 : 1) };
}

/** A zone of the desk's encoding, `["CIRCLE", [lat_e7, lon_e7, precision], radius]`; undefined where it has another form. */
export function areaOf(value: unknown): MapArea | undefined {
  if (!Array.isArray(value)) return undefined;
  const [shape, where, size] = value as [unknown, unknown, unknown];
  const point = (one: unknown): [number, number] | undefined =>
    Array.isArray(one) && typeof one[0] === "number" && typeof one[1] === "number" ? [one[0] / 1e7, one[1] / 1e7] : undefined;
  if (shape === "CIRCLE") {
    const at = point(where);
    return at && typeof size === "number" ? { shape, lat: at[0], lon: at[1], radius_m: size } : undefined;
  }
  if (!Array.isArray(where)) return undefined;
  const points = where.map(point).filter((one) => one !== undefined);
  if (points.length < 2) return undefined;
  return shape === "POLYGON" ? { shape, points } : { shape: "ROUTE", points, width_m: typeof size === "number" ? size : 0 };
}
