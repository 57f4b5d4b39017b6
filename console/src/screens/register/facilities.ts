/** What the register's screens say of a facility, and the document that a correction of it signs. */
import type { AnswerOf } from "$lib/api.ts";
import { inverse } from "$lib/map/geodesy.ts";
import { placeOf } from "$lib/map/data.ts";

export type Listed = AnswerOf<"facilities">[number];
export type Facility = AnswerOf<"facility">;
export interface Named { language: string; name: string }
/** A facility as a file has it: what act("facility") takes. */
export type FacilityForm = { [key: string]: unknown };

/** The name in a language, or the first one. */
export function nameOf(names: readonly { [key: string]: unknown }[], language: string): string {
  const found = names.find((one) => one["language"] === language) ?? names[0];
  return String(found?.["name"] ?? "");
}

export const KINDS = [
  "NUCLEAR-POWER-PLANT", "NUCLEAR-INSTALLATION", "DAM", "DYKE", "HYDRO-POWER-PLANT", "PUMPED-STORAGE-PLANT", "THERMAL-POWER-PLANT", "WIND-POWER-PLANT", "SOLAR-POWER-PLANT", "POWER-PLANT",
  "SUBSTATION", "POWER-LINE", "REFINERY", "PIPELINE", "FUEL-STORE", "CHEMICAL-PLANT", "PUMPING-STATION", "WATER-WORKS", "RESERVOIR", "HOSPITAL", "PORT", "SETTLEMENT", "BORDER-STRIP", "TERRITORY", "OTHER-FACILITY",
] as const;
export const SIGNS = ["NOT-KNOWN", "DISPLAYED", "NOT-DISPLAYED"] as const;

/** Rings that the watch usually draws (docs/register.md): proposed in the form, changed by a person. */
export const USUAL_RINGS = "5000, 10000, 30000";

/** Sources may differ so far about a site's place: 20 km for lakes and areas, 1 km for the rest. */
const APART_M = 1_000;
const WIDE_APART_M = 20_000;
const WIDE = new Set(["RESERVOIR", "POWER-LINE", "PIPELINE", "SETTLEMENT", "BORDER-STRIP", "TERRITORY"]);

/** How far each source's position lies from the register's point, and whether that is more than its kind allows. */
export function positionRows(record: Pick<Facility, "place" | "positions" | "kind">): { place: string; source: string; as_of: string | null; metres: number | undefined; far: boolean }[] {
  const point = placeOf(record.place);
  const limit = WIDE.has(record.kind) ? WIDE_APART_M : APART_M;
  return (record.positions as unknown as { place: string; source: string; as_of: string | null }[]).map((one) => {
    const there = placeOf(one.place);
    const metres = point && there ? inverse(point, there).metres : undefined;
    return { ...one, metres, far: metres !== undefined && metres > limit };
  });
}

/** Statements about one thing, side by side; `differ` when the sources do not say the same. */
export interface Side<Row> { key: string; rows: Row[]; differ: boolean }
export function sideBySide<Row extends { [key: string]: unknown }>(rows: readonly Row[], key: string, says: readonly string[]): Side<Row>[] {
  const keys = [...new Set(rows.map((one) => String(one[key])))];
  return keys.map((name) => {
    const same = rows.filter((one) => String(one[key]) === name);
    const said = new Set(same.map((one) => says.map((part) => String(one[part] ?? "")).join(" ")));
    return { key: name, rows: same, differ: said.size > 1 };
  });
}

// --- the form -------------------------------------------------------------------------------------------------------

export interface Fields {
  id: string;
  kind: string;
  place: string;
  radius: string;
  rings: string;
  sign: string;
  source: string;
  from: string;
  names: Named[];
  rest: string;
}

/** Keys that the form has fields for; everything else of a record stands in its JSON field. */
const FIELDED = ["facility_id", "names", "kind", "place", "site_radius_m", "rings_m", "special_sign", "record_source", "applies_from_at"];
const REST_NEEDED: FacilityForm = { operator_de_jure: [], controlling_force_de_facto: [], protected_status: [], dependencies: [], facts: [], disclosure: "private" };

export function emptyFields(): Fields {
  return {
    id: "", kind: "", place: "", radius: "500", rings: USUAL_RINGS, sign: "NOT-KNOWN", source: "", from: "",
    names: [{ language: "uk", name: "" }, { language: "ru", name: "" }, { language: "en", name: "" }], rest: JSON.stringify(REST_NEEDED, null, 2),
  };
}

/** A record as fields; the source and the instant of a correction are asked for anew, since they are the correction's. */
export function fieldsOf(document: FacilityForm): Fields {
  const rest = Object.fromEntries(Object.entries(document).filter(([key]) => !FIELDED.includes(key)));
  return {
    id: String(document["facility_id"] ?? ""), kind: String(document["kind"] ?? ""), place: String(document["place"] ?? ""), radius: String(document["site_radius_m"] ?? ""),
    rings: ((document["rings_m"] as number[] | undefined) ?? []).join(", "), sign: String(document["special_sign"] ?? "NOT-KNOWN"), source: "", from: "",
    names: ((document["names"] as Named[] | undefined) ?? []).map((one) => ({ ...one })), rest: JSON.stringify(rest, null, 2),
  };
}

export type Faults = { [field: string]: string };

/** Read the form: the document to sign, or the fields that are wrong by the id of the message that says how. */
export function documentOf(fields: Fields, from: string | undefined): { document: FacilityForm | undefined; faults: Faults } {
  const faults: Faults = {};
  const names = fields.names.map((one) => ({ language: one.language.trim(), name: one.name.trim() })).filter((one) => one.name);
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/.test(fields.id.trim())) faults["id"] = "register-fault-id";
  if (!fields.kind) faults["kind"] = "register-fault-kind";
  if (!fields.place.trim()) faults["place"] = "register-fault-place";
  if (!/^\d{1,6}$/.test(fields.radius.trim())) faults["radius"] = "register-fault-metres";
  if (names.length === 0 || names.some((one) => !/^[a-z]{2,3}$/.test(one.language))) faults["names"] = "register-fault-names";
  const rings = fields.rings.split(/[,;\s]+/).filter(Boolean);
  if (rings.length === 0 || rings.some((one) => !/^\d{1,7}$/.test(one))) faults["rings"] = "register-fault-rings";
  if (!fields.source.trim()) faults["source"] = "register-fault-source";
  if (fields.from && !from) faults["from"] = "register-fault-time";
  let rest: FacilityForm | undefined;
  try {
    const read: unknown = JSON.parse(fields.rest || "{}");
    if (typeof read === "object" && read !== null && !Array.isArray(read)) rest = read as FacilityForm;
  } catch {
    // Said below.
  }
  if (!rest) faults["rest"] = "register-fault-json";
  else if (FIELDED.some((key) => key in (rest as FacilityForm))) faults["rest"] = "register-fault-twice";
  if (Object.keys(faults).length > 0 || !rest) return { document: undefined, faults };
  return {
    document: {
      ...REST_NEEDED, ...rest, facility_id: fields.id.trim(), names, kind: fields.kind, place: fields.place.trim(), site_radius_m: Number(fields.radius), rings_m: rings.map(Number),
      special_sign: fields.sign, record_source: fields.source.trim(), ...(from ? { applies_from_at: from } : {}),
    },
    faults,
  };
}
