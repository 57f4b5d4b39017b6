/**
 * The fields of a body as rows for the officer who signs it: every field, by its name, read from the very bytes.
 *
 * A field without a name is shown by its number; nothing is left out.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { mgrs } from "../map/mgrs.ts";
import { toHex } from "./bytes.ts";
import { type CborValue, isArray, isBytes, isMap, Tagged } from "./cbor.ts";
import type { Prepared } from "./record.ts";
import tables from "./tables.json";

/** Fields below belong to every record: id, time, author, addressees, officer, marking. */
const FIRST_OWN = 20;
const FORM_CODE = 20;
/** No count, distance or age is as large; an instant of microseconds since 1973 is. */
const INSTANT_FLOOR = 1e14;
const E7 = 10_000_000;
/** Bytes shown whole: a hash, a key id, a signature. Longer ones are shown by their hash. */
const BYTES_SHOWN = 64;

export type Part = { kind: "text"; text: string } | { kind: "instant"; iso: string };

/** One row: the name of its field (`facility-id`, or a number), and its value in parts. */
export interface Row {
  name: string;
  parts: Part[];
}

type Names = Readonly<Record<string, string>>;
const records: Readonly<Record<string, Names>> = tables.records;
const inner: Readonly<Record<string, Names>> = tables.inner;
const forms: Readonly<Record<string, Names>> = tables.forms;
const common: Names = tables.message;

/** Return the acts that an officer may make over a record type; a node that asks for another is refused. */
export function actsOf(type: string): readonly string[] {
  return (tables.acts as Readonly<Record<string, readonly string[]>>)[type] ?? [];
}

/** Return name and value of every own field. */
export function rowsOf({ type, body }: Prepared): Row[] {
  const names = type === "message" ? { ...common, ...forms[String(body.get(FORM_CODE))] } : (records[type] ?? {});
  const numbers = [...body.keys()].filter((one) => one >= FIRST_OWN).sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const name = names[String(number)] ?? String(number);
    const value = body.get(number) as CborValue;
    const within = inner[`${type}/${number}`];
    if (within && isMap(value)) return [...value].map(([key, one]) => rowOf(within[String(key)] ?? String(key), one));
    return [rowOf(name, value)];
  });
}

/** Return the common fields that say from whom, to whom, when and under which marking. */
export function headOf({ body }: Prepared): Row[] {
  const head: [number, string][] = [
    [3, "author"],
    [4, "addressees"],
    [2, "stated-at"],
    [5, "officer"],
    [6, "handling"],
    [7, "releasable-to"],
  ];
  return head.filter(([number]) => body.has(number)).map(([number, name]) => rowOf(name, body.get(number) as CborValue));
}

function rowOf(name: string, value: CborValue): Row {
  const parts: Part[] = [];
  put(value, parts, PLACES.test(name));
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text") last.text += part.text;
    else joined.push({ ...part });
  }
  return { name, parts: joined.length > 0 ? joined : [{ kind: "text", text: "-" }] };
}

/** Names of fields in which three numbers are latitude, longitude and precision. */
const PLACES = /place|position|area|zone|route|sites|shape|crews|observers|where/;

function put(value: CborValue, parts: Part[], places: boolean): void {
  const say = (text: string) => parts.push({ kind: "text", text });
  if (value === null || value === undefined) say("-");
  else if (typeof value === "string") say(value === "" ? "-" : value);
  else if (typeof value === "boolean") say(value ? "true" : "false");
  else if (typeof value === "bigint") say(value.toString());
  else if (typeof value === "number") putNumber(value, parts);
  else if (isBytes(value)) say(value.length <= BYTES_SHOWN ? toHex(value) : `${value.length} bytes, SHA-256 ${toHex(sha256(value))}`);
  else if (isArray(value)) putArray(value, parts, places);
  else if (isMap(value)) putMap(value, parts, places);
  else if (value instanceof Tagged) put(value.value, parts, places);
}

function putNumber(value: number, parts: Part[]): void {
  if (value < INSTANT_FLOOR) {
    parts.push({ kind: "text", text: String(value) });
    return;
  }
  const at = new Date(value / 1000);
  if (Number.isNaN(at.getTime())) parts.push({ kind: "text", text: String(value) });
  else parts.push({ kind: "instant", iso: at.toISOString() });
}

function putArray(value: readonly CborValue[], parts: Part[], places: boolean): void {
  if (value.length === 0) {
    parts.push({ kind: "text", text: "-" });
    return;
  }
  const place = places ? placeOf(value) : null;
  if (place !== null) {
    parts.push({ kind: "text", text: place });
    return;
  }
  // A list of lists reads as lines, a list as words.
  const separator = value.some((one) => isArray(one) && one.length > 0) ? "; " : ", ";
  value.forEach((one, at) => {
    if (at > 0) parts.push({ kind: "text", text: separator });
    put(one, parts, places);
  });
}

function putMap(value: ReadonlyMap<unknown, CborValue>, parts: Part[], places: boolean): void {
  let first = true;
  for (const [key, one] of value) {
    parts.push({ kind: "text", text: `${first ? "" : "; "}${key instanceof Uint8Array ? toHex(key) : String(key)}: ` });
    put(one, parts, places || PLACES.test(String(key)));
    first = false;
  }
  if (first) parts.push({ kind: "text", text: "-" });
}

/** Return a place of the wire in degrees, or null when it is none. */
function placeOf(value: readonly CborValue[]): string | null {
  const [lat, lon, precision] = value;
  if (value.length !== 3 || typeof lat !== "number" || typeof lon !== "number" || typeof precision !== "number") return null;
  if (Math.abs(lat) > 90 * E7 || Math.abs(lon) > 180 * E7 || precision < 0 || precision > 200_000) return null;
  const side = (degrees: number, positive: string, negative: string) =>
    `${(Math.abs(degrees) / E7).toFixed(5)}${degrees < 0 ? negative : positive}`;
  const where = [`${side(lat, "N", "S")} ${side(lon, "E", "W")}`, grid(lat / E7, lon / E7)].filter(Boolean).join(", MGRS ");
  return precision === 0 ? where : `${where} (± ${precision} m)`;
}

/** The poles have no zone of the grid; degrees say it all. */
function grid(lat: number, lon: number): string {
  try {
    return mgrs(lat, lon);
  } catch {
    return "";
  }
}
