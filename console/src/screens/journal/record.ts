/**
 * The record of a journal entry as an auditor reads it: every field by its name where the node's tables have one, by its
 * number where they have none; nothing is left out.
 */
import tables from "$lib/sign/tables.json";
import { mgrs } from "$lib/map/mgrs.ts";

type Names = Readonly<Record<string, string>>;
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };
export interface Row {
  name: string;
  number: number;
  /** An instant where the whole field is one; else text. */
  iso?: string;
  text: string;
}

const records = tables.records as Readonly<Record<string, Names>>;
const inner = tables.inner as Readonly<Record<string, Names>>;
const forms = tables.forms as Readonly<Record<string, Names>>;

/** Kind of an entry -> type of the record that its content is; others have the same name. */
const TYPES: Readonly<Record<string, string>> = {
  "message-out": "message",
  "message-in": "message",
  "receipt-out": "receipt",
  "receipt-in": "receipt",
};
/** Fields of every record (docs/spec/record.md). */
const COMMON: Names = { 1: "record", 2: "stated-at", 3: "author", 4: "addressees", 5: "officer", 6: "handling", 7: "releasable-to" };
const FIRST_OWN = 20;
const FORM_CODE = "20";
/** No count is as large; an instant of microseconds since 1973 is. */
const INSTANT_FLOOR = 1e14;
const E7 = 10_000_000;
const PLACES = /place|position|area|zone|route|sites|shape|crews|observers|where/;
const DEPTH_MAX = 8;

function namesOf(kind: string, body: Readonly<Record<string, Value>>): Names {
  const type = TYPES[kind] ?? kind;
  if (type === "message") return { ...(tables.message as Names), ...forms[String(body[FORM_CODE])] };
  return records[type] ?? {};
}

/** Return the rows of a body: what the record says itself, then what every record has. */
export function rowsOf(kind: string, body: Readonly<Record<string, Value>>): { own: Row[]; common: Row[] } {
  const names = namesOf(kind, body);
  const own: Row[] = [];
  const common: Row[] = [];
  for (const number of Object.keys(body).map(Number).sort((a, b) => a - b)) {
    const value = body[String(number)] as Value;
    if (number < FIRST_OWN) common.push(rowOf(COMMON[number] ?? String(number), number, value));
    else own.push(rowOf(names[number] ?? String(number), number, value, inner[`${TYPES[kind] ?? kind}/${number}`]));
  }
  return { own, common };
}

function rowOf(name: string, number: number, value: Value, within?: Names): Row {
  if (isInstant(value)) return { name, number, iso: isoOf(value), text: isoOf(value) };
  return { name, number, text: textOf(value, PLACES.test(name), within) };
}

function isInstant(value: Value): value is number {
  return typeof value === "number" && value >= INSTANT_FLOOR;
}

function isoOf(micros: number): string {
  const at = new Date(micros / 1000);
  return Number.isNaN(at.getTime()) ? String(micros) : at.toISOString();
}

function placeOf(value: readonly Value[]): string | undefined {
  const [lat, lon, precision] = value;
  if (value.length !== 3 || typeof lat !== "number" || typeof lon !== "number" || typeof precision !== "number") return undefined;
  if (Math.abs(lat) > 90 * E7 || Math.abs(lon) > 180 * E7) return undefined;
  return `${(lat / E7).toFixed(5)} ${(lon / E7).toFixed(5)} (${mgrs(lat / E7, lon / E7)}) ± ${precision} m`;
}

/** Return a value as one text; maps by their field's own names. */
export function textOf(value: Value, places = false, names: Names = {}, depth = DEPTH_MAX): string {
  if (value === null || value === "") return "-";
  if (isInstant(value)) return isoOf(value);
  if (typeof value !== "object") return String(value);
  if (depth === 0) return JSON.stringify(value);
  if (Array.isArray(value)) {
    const place = places ? placeOf(value) : undefined;
    return place ?? (value.length === 0 ? "-" : value.map((one: Value) => textOf(one, places, {}, depth - 1)).join("; "));
  }
  const pairs = Object.entries(value as Readonly<Record<string, Value>>);
  return pairs.map(([key, one]) => `${(names[key] ?? key).replaceAll("-", " ")}: ${textOf(one, PLACES.test(names[key] ?? "") || places, {}, depth - 1)}`).join("\n") || "-";
}

export interface Act {
  act: string;
  role: string;
  officer: string;
  key: string;
  kind: number;
}

/** Return who signed in which role with which key; what has another shape is left to the raw view. */
export function actsOf(acts: readonly unknown[]): Act[] {
  return acts.flatMap((one) => {
    if (!Array.isArray(one) || one.length !== 6) return [];
    const [kind, act, role, officer, key] = one as unknown[];
    return [{ kind: Number(kind), act: String(act), role: String(role), officer: String(officer), key: String(key) }];
  });
}

/** Return the index at which a page of the journal begins that ends with the newest entry. */
export function lastPage(size: number, page: number): number {
  return size <= 0 ? 0 : Math.floor((size - 1) / page) * page;
}
