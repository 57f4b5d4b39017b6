/** A report that a person enters by hand: the form's fields, and what is signed. */

export interface ReportFields {
  id: string;
  kind: string;
  what: string;
  from: string;
  until: string;
  place: string;
  uncertainty: string;
  located: string;
  placeName: string;
  who: string;
  source: string;
  text: string;
  language: string;
  reliability: string;
  credibility: string;
}

export const REPORT_KINDS = ["EVENT", "WARNING", "FEARED-ACT", "DENIAL"] as const;
export const ACTIVITIES = [
  "SHELLING", "ROCKET-FIRE", "MISSILE-STRIKE", "AIR-STRIKE", "UNCREWED-AIRCRAFT-STRIKE", "SMALL-ARMS-FIRE", "OVERFLIGHT", "UNCREWED-AIRCRAFT-OVERFLIGHT", "MINING", "EMPLACEMENT-OF-WEAPONS", "FIRING-FROM-SITE",
  "TROOPS-AT-SITE", "MOVEMENT-NEAR-SITE", "CUTTING-OF-POWER", "CUTTING-OF-WATER", "PRESSURE-ON-STAFF", "DENIAL-OF-ACCESS", "JAMMING", "NAVAL-ACTIVITY", "UNKNOWN-EXPLOSIONS", "HOT-SPOT", "AIR-ALERT", "OTHER-ACTIVITY",
] as const;
export const LOCATED = ["MEASURED", "SITE", "ADDRESS", "SETTLEMENT", "DISTRICT", "REGION", "COUNTRY", "PIXEL", "UNSTATED"] as const;
export const RELIABILITY = ["A", "B", "C", "D", "E", "F"] as const;
export const CREDIBILITY = ["1", "2", "3", "4", "5", "6"] as const;

/** Nothing is graded, placed or classed beforehand; only the id is proposed, and may be changed. */
export function emptyReport(now: number): ReportFields {
  const stamp = new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, "");
  return { id: `HAND-${stamp}`, kind: "", what: "", from: "", until: "", place: "", uncertainty: "", located: "", placeName: "", who: "", source: "", text: "", language: "", reliability: "", credibility: "" };
}

/** Read the form: what is signed, or the fields that are wrong by the id of the message that says how. */
export function reportOf(fields: ReportFields, utc: (local: string) => string | undefined): { report: { [key: string]: unknown } | undefined; faults: { [field: string]: string } } {
  const faults: { [field: string]: string } = {};
  const [from, until] = [utc(fields.from), utc(fields.until || fields.from)];
  if (!/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/.test(fields.id.trim())) faults["id"] = "register-fault-id";
  for (const name of ["kind", "what", "located", "reliability", "credibility"] as const) if (!fields[name]) faults[name] = "register-fault-choose";
  for (const name of ["place", "who", "source", "text"] as const) if (!fields[name].trim()) faults[name] = "register-fault-needed";
  if (!/^[a-z]{2,3}$/.test(fields.language.trim())) faults["language"] = "register-fault-language";
  if (!/^\d{1,7}$/.test(fields.uncertainty.trim())) faults["uncertainty"] = "register-fault-metres";
  if (!from) faults["from"] = "register-fault-time";
  if (!until || (from && until < from)) faults["until"] = "register-fault-until";
  if (Object.keys(faults).length > 0) return { report: undefined, faults };
  return {
    report: {
      report_id: fields.id.trim(), kind: fields.kind, what: fields.what, interval: [from, until], place: fields.place.trim(), uncertainty_m: Number(fields.uncertainty), who_says: fields.who.trim(), source: fields.source.trim(),
      text: fields.text.trim(), language: fields.language.trim(), grade: { reliability: fields.reliability, credibility: Number(fields.credibility) }, located_by: fields.located,
      ...(fields.placeName.trim() ? { place_name: fields.placeName.trim() } : {}),
    },
    faults,
  };
}
