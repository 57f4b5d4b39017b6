/**
 * What is typed in a form's fields, and the values of the API made of it; and back, for what is filled in beforehand.
 *
 * Nothing is judged here: the node says what does not fit, beside the field. What is left empty is left out.
 */

export type Kind =
  | "code" | "codes" | "statuses" | "place" | "area" | "instant" | "window" | "text" | "word" | "party" | "facility"
  | "count" | "duration" | "hash" | "flag" | "precedence" | "relation" | "names" | "parties" | "sites" | "phrases";

export interface FieldOf {
  number: number;
  name: string;
  kind: string;
  required: boolean;
  codes: string[];
  grades: string[];
  unit: string | null;
}

export type Value = string | number | boolean | null | Value[];
export type Values = Record<string, Value>;

/** What stands in one field's inputs; each kind uses its own of these. */
export interface Typed {
  /** One text: a code, a place, an instant, a number, a flag, a hash; lines of names. */
  text: string;
  /** The second of two: the end of a window, the width or radius of an area, what a relation is to. */
  more: string;
  /** Codes chosen, in the order of the form. */
  codes: string[];
  /** Code to grade. */
  grades: Record<string, string>;
  /** Circle, polygon or route; the unit of a duration. */
  shape: string;
  /** A value taken whole: a facility, sites. */
  whole: Value;
}

export type TypedForm = Record<string, Typed>;

/** Set by the form and its own inputs, not among the fields. */
export const HEAD: ReadonlySet<string> = new Set(["form", "form-version", "precedence"]);

/** Forms with a way of their own: STOP by its key, the others filled by the desk on their screens. */
export const ELSEWHERE: Readonly<Record<string, string>> = {
  STOP: "", "LIST-EXCHANGE": "facilities", CODEBOOK: "codebook", "WINDOW-STATUS": "windows",
};

/** Forms about an earlier message: each names it in this field. */
export const ABOUT: Readonly<Record<string, string>> = { REPLY: "answers", "QUERY-RECEIPT": "queried-message", PRESENCE: "answers", ASSURANCE: "answers" };

export function blank(): Typed {
  return { text: "", more: "", codes: [], grades: {}, shape: "", whole: null };
}

export function lines(text: string): string[] {
  return text.split(/\n/).map((one) => one.trim()).filter(Boolean);
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):?(\d{2})(?::(\d{2}))?\s*(Z|UTC|[+-]\d{2}:\d{2})?$/i;
const CLOCK = /^(\d{1,2}):(\d{2})\s*Z?$/i;

/**
 * An instant as the API takes it. `2022-11-20 14:05` and `14:05` are UTC; what has another shape (a date-time group)
 * goes as it was typed, and the node judges it.
 */
export function instantOf(text: string, now: number): string {
  const typed = text.trim();
  const clock = CLOCK.exec(typed);
  if (clock) return `${new Date(now).toISOString().slice(0, 10)}T${(clock[1] ?? "").padStart(2, "0")}:${clock[2]}:00Z`;
  const whole = INSTANT.exec(typed);
  if (!whole) return typed.toUpperCase().replace(/\s+/g, "");
  const [, year, month, day, hour, minute, second, zone] = whole;
  const offset = !zone || /^(Z|UTC)$/i.test(zone) ? "Z" : zone;
  return `${year}-${month}-${day}T${hour}:${minute}:${second ?? "00"}${offset}`;
}

/** The same as milliseconds, to be shown by both clocks; null for what is none. */
export function momentOf(text: string, now: number): number | null {
  if (!text.trim()) return null;
  const read = Date.parse(instantOf(text, now));
  return Number.isNaN(read) ? null : read;
}

/** How an instant stands in its input: UTC, to the minute, or to the second where it has seconds. */
export function typedInstant(iso: string | number): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return String(iso);
  const text = at.toISOString().slice(0, 19).replace("T", " ");
  return text.endsWith(":00") ? text.slice(0, 16) : text;
}

/** A whole number as typed; what is none goes as text, and the node says so. Blanks between thousands are let in. */
function whole(text: string): Value {
  const plain = text.trim().replace(/(\d)[ \u00a0\u202f](?=\d{3}(\D|$))/g, "$1");
  return /^\d{1,15}$/.test(plain) ? Number(plain) : text.trim();
}

const SECONDS: Record<string, number> = { s: 1, min: 60, h: 3600, d: 86_400 };

function areaOf(typed: Typed): Value | undefined {
  const points = lines(typed.text);
  const shape = typed.shape || "CIRCLE";
  if (points.length === 0) return undefined;
  if (shape === "CIRCLE") return [shape, points[0] ?? "", whole(typed.more)];
  if (shape === "POLYGON") return [shape, points];
  return [shape, points, whole(typed.more)];
}

/** A phrase a line: `20 | 47.5122N 34.5858E | 2022-11-20T14:30:00Z`; a facility as KIND:language:name. */
function phraseOf(line: string): Value {
  const [number = "", ...rest] = line.split("|").map((one) => one.trim());
  return [
    whole(number),
    ...rest.map((one): Value => {
      const facility = /^([A-Z-]+):([a-z]{2,3}):(.+)$/.exec(one);
      return facility ? [facility[3] ?? "", facility[2] ?? "", facility[1] ?? ""] : /^\d+$/.test(one) ? Number(one) : one;
    }),
  ];
}

type Reader = (typed: Typed, now: number, field: FieldOf) => Value | undefined;

const asText: Reader = (typed) => typed.text.trim() || undefined;
const asLines: Reader = (typed) => (lines(typed.text).length ? lines(typed.text) : undefined);

const READ: Record<string, Reader> = {
  code: asText,
  codes: (typed, _now, field) => {
    const chosen = field.codes.filter((code) => typed.codes.includes(code));
    return chosen.length ? chosen : undefined;
  },
  statuses: (typed, _now, field) => {
    const pairs = field.codes.filter((code) => typed.grades[code]).map((code): Value => [code, typed.grades[code] ?? ""]);
    return pairs.length ? pairs : undefined;
  },
  place: asText,
  area: areaOf,
  instant: (typed, now) => (typed.text.trim() ? instantOf(typed.text, now) : undefined),
  window: (typed, now) =>
    typed.text.trim() || typed.more.trim() ? [instantOf(typed.text, now), instantOf(typed.more, now)] : undefined,
  text: (typed) => (typed.text.trim() ? typed.text.replace(/\r\n?/g, "\n").trim() : undefined),
  word: asText,
  party: (typed) => typed.text.trim().toUpperCase() || undefined,
  facility: (typed) => typed.whole ?? undefined,
  count: (typed) => (typed.text.trim() ? whole(typed.text) : undefined),
  duration: (typed) => {
    if (!typed.text.trim()) return undefined;
    const number = whole(typed.text);
    return typeof number === "number" ? number * (SECONDS[typed.shape || "min"] ?? 60) : number;
  },
  hash: asText,
  flag: (typed) => (typed.text === "yes" ? true : typed.text === "no" ? false : undefined),
  relation: (typed) => (typed.text ? [typed.text, typed.more.trim()] : undefined),
  names: asLines,
  parties: (typed) => {
    const parties = typed.text.split(/[\s,;]+/).filter(Boolean).map((one) => one.toUpperCase());
    return parties.length ? parties : undefined;
  },
  sites: (typed) => (Array.isArray(typed.whole) && typed.whole.length ? typed.whole : undefined),
  phrases: (typed) => (lines(typed.text).length ? lines(typed.text).map(phraseOf) : undefined),
};

/** The value of one field; undefined for an empty one. */
export function valueOf(field: FieldOf, typed: Typed | undefined, now: number): Value | undefined {
  return typed ? (READ[field.kind] ?? asText)(typed, now, field) : undefined;
}

/** The values of a whole form, by name. */
export function valuesOf(fields: readonly FieldOf[], form: TypedForm, now: number): Values {
  const values: Values = {};
  for (const field of fields) {
    if (HEAD.has(field.name)) continue;
    const value = valueOf(field, form[field.name], now);
    if (value !== undefined) values[field.name] = value;
  }
  return values;
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** A place as the API writes it (`{degrees, mgrs}` of a message, or text). */
function placeText(value: unknown): string {
  if (value && typeof value === "object" && "degrees" in value) return text((value as { degrees: unknown }).degrees);
  // The wire's own numbers: degrees in 1e-7.
  if (Array.isArray(value) && typeof value[0] === "number" && typeof value[1] === "number") {
    const axis = (e7: number, ends: string) => `${(Math.abs(e7) / 1e7).toFixed(7).replace(/0{1,6}$/, "")}${ends[e7 < 0 ? 1 : 0]}`;
    return `${axis(value[0], "NS")} ${axis(value[1], "EW")}`;
  }
  return text(value);
}

function phraseText(value: unknown): string {
  return list(value)
    .map((one) => (Array.isArray(one) ? `${text(one[2])}:${text(one[1])}:${text(one[0])}` : placeText(one)))
    .join(" | ");
}

const WRITE: Record<string, (value: unknown) => Partial<Typed>> = {
  codes: (value) => ({ codes: list(value).map(text) }),
  statuses: (value) => ({ grades: Object.fromEntries(list(value).map((pair) => list(pair).map(text) as [string, string])) }),
  place: (value) => ({ text: placeText(value) }),
  area: (value) => {
    const [shape, points, size] = list(value);
    const places = shape === "CIRCLE" || !Array.isArray(points) ? [placeText(points)] : points.map(placeText);
    return { shape: text(shape), text: places.join("\n"), more: text(size) };
  },
  instant: (value) => ({ text: typedInstant(text(value)) }),
  window: (value) => ({ text: typedInstant(text(list(value)[0])), more: typedInstant(text(list(value)[1])) }),
  facility: (value) => ({ whole: (value ?? null) as Value }),
  duration: (value) => (Number(value) % 60 ? { text: text(value), shape: "s" } : { text: text(Number(value) / 60), shape: "min" }),
  flag: (value) => ({ text: value === true ? "yes" : value === false ? "no" : "" }),
  relation: (value) => ({ text: text(list(value)[0]), more: text(list(value)[1]) }),
  names: (value) => ({ text: list(value).map(text).join("\n") }),
  parties: (value) => ({ text: list(value).map(text).join(", ") }),
  sites: (value) => ({ whole: list(value) as Value }),
  phrases: (value) => ({ text: list(value).map(phraseText).join("\n") }),
};

/** What stands in a field's inputs for a value of the API. */
export function typedOf(field: FieldOf, value: unknown): Typed {
  return { ...blank(), ...(WRITE[field.kind] ?? ((one: unknown) => ({ text: text(one) })))(value) };
}

/** A whole form with some values filled in; names that the form does not have are left out. */
export function filled(fields: readonly FieldOf[], values: Record<string, unknown>): TypedForm {
  const form: TypedForm = {};
  for (const field of fields) form[field.name] = field.name in values ? typedOf(field, values[field.name]) : blank();
  return form;
}

export function isEmpty(typed: Typed | undefined): boolean {
  return !typed || (!typed.text.trim() && !typed.more.trim() && !typed.codes.length && !Object.values(typed.grades).some(Boolean) && (typed.whole === null || (Array.isArray(typed.whole) && !typed.whole.length)));
}

// --- what a query of the address fills in -----------------------------------------------------------------------------

/** The message that a QUERY-RECEIPT asks about, as fields of the form. */
export function queryValues(message: { id: string; number: number; released_at: string | null; receipts: Record<string, unknown>; due: Record<string, string | null> }): Record<string, unknown> {
  const held = ["R4", "R3", "R2", "R1", "R0"].find((level) => level in message.receipts) ?? "NONE";
  const asked = Object.entries(message.due).filter((one): one is [string, string] => Boolean(one[1])).sort((a, b) => a[1].localeCompare(b[1]))[0]?.[0];
  return {
    "queried-message": message.id,
    "queried-number": message.number,
    ...(message.released_at ? { "sent-at": message.released_at } : {}),
    "highest-receipt-held": held,
    ...(asked ? { "receipt-asked-for": asked } : {}),
  };
}

/** A facility of the register as the three fields that name it, in a language of ours where it has a name in one. */
export function facilityValues(one: { facility_id: string; place: string; kind: string; names: readonly { name: string; language: string }[] }, languages: readonly string[]): Values {
  const named = languages.map((tag) => one.names.find((name) => name.language === tag)).find(Boolean) ?? one.names[0];
  return {
    "facility-id": one.facility_id,
    place: one.place,
    ...(named ? { facility: [named.name, named.language, one.kind] } : {}),
  };
}

/** Which fields stand open: the form's own, what it must carry, what most messages say, and whatever is filled in. */
const USUAL: ReadonlySet<string> = new Set(["facility-id", "place", "topic", "case-reference", "reply-by", "free-text", "attribution"]);
const BARE: ReadonlySet<string> = new Set(["TEST", "SERVICE", "QUERY-RECEIPT", "SUSPEND", "RESUME", "PRESENCE", "PRESENCE-QUERY", "CALL-RECORD"]);
const FIRST = ["answers", "facility", "facility-id", "place"];
const LAST = ["attribution", "topic", "case-reference", "reply-by", "language", "free-text"];

export function arranged(code: string, fields: readonly FieldOf[], form: TypedForm): { open: FieldOf[]; folded: FieldOf[] } {
  const shown = fields.filter((field) => !HEAD.has(field.name) && field.name !== "language");
  const isOpen = (field: FieldOf) =>
    (field.number >= 100 && !(field.name === "area" && !field.required)) || field.required || field.name === "free-text" || (!BARE.has(code) && USUAL.has(field.name) && !(code === "REPLY" && field.name !== "case-reference")) || field.name === ABOUT[code] || !isEmpty(form[field.name]);
  const rank = (field: FieldOf) => (FIRST.includes(field.name) ? FIRST.indexOf(field.name) : LAST.includes(field.name) ? 2000 + LAST.indexOf(field.name) : 100 + field.number);
  const ordered = [...shown].sort((a, b) => rank(a) - rank(b));
  return { open: ordered.filter(isOpen), folded: ordered.filter((field) => !isOpen(field)) };
}

/** Words of all free texts, as the node counts them nearly: the node's own count stands beside the text. */
export function wordsIn(fields: readonly FieldOf[], form: TypedForm): number {
  return fields.filter((field) => field.kind === "text").reduce((sum, field) => sum + ((form[field.name]?.text ?? "").match(/\S+/g)?.length ?? 0), 0);
}
