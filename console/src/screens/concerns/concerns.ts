/** What the list and the view of concerns say of one: whether a person looked at it, what may be done, how near reports lie. */
import type { AnswerOf } from "$lib/api.ts";
import { inverse, type Place } from "$lib/map/geodesy.ts";
import { placeOf } from "$lib/map/data.ts";
import type { Level } from "$ui/Status.svelte";

export type Row = AnswerOf<"concerns">[number];
export type Shown = AnswerOf<"concern">;
export type Report = Shown["reports"][number];
export type Record = AnswerOf<"facility">;

/** One step of a concern's history; no officer where software took it. */
export interface Taken {
  step: string;
  at: string | null;
  officer: string;
  reason: string;
}

export const taken = (row: Pick<Row, "history">): Taken[] => row.history as unknown as Taken[];

const UNASSESSED = new Set(["FLAGGED", "CORROBORATED"]);
const ENDED = new Set(["DISMISSED", "CLOSED"]);

/** No person has said yet what becomes of it. */
export const unassessed = (row: Pick<Row, "status">) => UNASSESSED.has(row.status);
export const ended = (row: Pick<Row, "status">) => ENDED.has(row.status);

/** As the desk's table of steps has it (register/concerns.py): what a person may do from where. */
const STEPS: { [status: string]: readonly string[] } = {
  FLAGGED: ["pursue", "hold", "dismiss"],
  CORROBORATED: ["pursue", "hold", "dismiss"],
  HELD: ["pursue", "hold", "dismiss"],
  PURSUED: ["hold", "dismiss"],
  CONVEYED: ["close"],
  DISMISSED: ["reopen"],
  CLOSED: ["reopen"],
};
export const stepsOf = (status: string): readonly string[] => STEPS[status] ?? [];

/** Unassessed first, then what is open, then what ended; within each the highest rank, then the oldest flag. */
export function ordered<T extends Pick<Row, "status" | "rank" | "flagged_at">>(rows: readonly T[]): T[] {
  const turn = (one: T) => (unassessed(one) ? 0 : ended(one) ? 2 : 1);
  return [...rows].sort((a, b) => turn(a) - turn(b) || b.rank - a.rank || String(a.flagged_at).localeCompare(String(b.flagged_at)));
}

/** Rank as people read it: what is 80 or more is never held back by the rules. */
export function urgency(rank: number): { id: "never-held" | "high" | "usual" | "low"; level: Level } {
  if (rank >= 80) return { id: "never-held", level: "critical" };
  if (rank >= 60) return { id: "high", level: "serious" };
  return rank >= 40 ? { id: "usual", level: "caution" } : { id: "low", level: "standby" };
}

export const LEVELS: { [status: string]: Level } = {
  FLAGGED: "serious", CORROBORATED: "critical", PURSUED: "caution", HELD: "standby", CONVEYED: "normal", DISMISSED: "off", CLOSED: "off",
};

/** "[text-near] A text tells ..." as the rule and its sentence. */
export function ruleAndReason(reason: string): { rule: string; sentence: string } {
  const found = /^\[([a-z-]+)\] ?([\s\S]*)$/.exec(reason);
  return found ? { rule: found[1] ?? "", sentence: found[2] ?? "" } : { rule: "", sentence: reason };
}

const HELD_UNTIL = /^\[until (\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z)\] ?/;

/** A hold names in its reason until when, in a form that stays readable in any export of the books. */
export const holdReason = (until: string, reason: string) => `[until ${until}] ${reason}`;

/** Until when it is held: of the last step that a person took, when it was a hold. */
export function heldUntil(row: Pick<Row, "status" | "history">): string | undefined {
  if (row.status !== "HELD") return undefined;
  const last = taken(row).findLast((one) => one.step === "hold");
  return last ? HELD_UNTIL.exec(last.reason)?.[1] : undefined;
}

/** A field of <input type="datetime-local"> that means UTC, as an instant; undefined for anything else. */
export function utcOf(local: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? `${local}:00Z` : /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local) ? `${local}Z` : undefined;
}

/** The sentences that speak for it: of the flag and of what was added, each once. */
export function spokenFor(row: Pick<Row, "history">): Taken[] {
  const seen = new Set<string>();
  return taken(row).filter((one) => ["flag", "corroborate"].includes(one.step) && one.reason && !seen.has(one.reason) && seen.add(one.reason));
}

// --- how near -------------------------------------------------------------------------------------------------------

export interface Near {
  /** Metres from the edge of the site (its point and radius) to the place reported. */
  edge_m: number;
  azimuth: number;
  /** The narrowest ring in which it lies or may lie, and which of the two; none: outside of all. */
  standing: "INSIDE" | "POSSIBLY" | "OUTSIDE";
  ring_m: number | undefined;
}

/** As docs/watch.md has it: INSIDE d + u <= r, POSSIBLY d - u <= r. */
export function standing(edge_m: number, doubt_m: number, ring_m: number): "INSIDE" | "POSSIBLY" | "OUTSIDE" {
  if (edge_m + doubt_m <= ring_m) return "INSIDE";
  return edge_m - doubt_m <= ring_m ? "POSSIBLY" : "OUTSIDE";
}

export function near(site: { place: string; site_radius_m: number; rings_m: readonly number[] }, report: Pick<Report, "place" | "uncertainty_m">): Near | undefined {
  const from = placeOf(site.place);
  const to = placeOf(report.place);
  return from && to ? nearOf(from, site.site_radius_m, site.rings_m, to, report.uncertainty_m) : undefined;
}

function nearOf(from: Place, radius_m: number, rings: readonly number[], to: Place, doubt_m: number): Near {
  const way = inverse(from, to);
  const edge_m = Math.max(0, way.metres - radius_m);
  const sorted = [...rings].sort((a, b) => a - b);
  const inside = sorted.find((ring) => standing(edge_m, doubt_m, ring) === "INSIDE");
  const possibly = sorted.find((ring) => standing(edge_m, doubt_m, ring) === "POSSIBLY");
  // A narrower ring that it may lie in says more than a wider one that it does lie in, and is the more careful answer.
  if (inside !== undefined && (possibly === undefined || inside <= possibly)) return { edge_m, azimuth: way.azimuth, standing: "INSIDE", ring_m: inside };
  if (possibly !== undefined) return { edge_m, azimuth: way.azimuth, standing: "POSSIBLY", ring_m: possibly };
  return { edge_m, azimuth: way.azimuth, standing: "OUTSIDE", ring_m: undefined };
}

// --- evidence -------------------------------------------------------------------------------------------------------

export const HOT_SPOT = "HOT-SPOT";

/** Texts told by people; hot spots are counted apart, since each says the same. */
export const told = (reports: readonly Report[]) => reports.filter((one) => one.what !== HOT_SPOT && one.kind !== "DENIAL");
export const spots = (reports: readonly Report[]) => reports.filter((one) => one.what === HOT_SPOT);
export const denials = (reports: readonly Report[]) => reports.filter((one) => one.kind === "DENIAL");

/** One account for each who says so, in the order in which they came; none is merged with another. */
export function accounts(reports: readonly Report[]): { who: string; reports: Report[] }[] {
  const found: { who: string; reports: Report[] }[] = [];
  for (const one of reports.filter((report) => report.what !== HOT_SPOT)) {
    const held = found.find((other) => other.who === one.who_says);
    if (held) held.reports.push(one);
    else found.push({ who: one.who_says, reports: [one] });
  }
  return found;
}

/** The newest word on each pillar by each source, and whether sources differ. */
export interface PillarRow {
  pillar: string;
  said: { status: string; note: string | null; source: string; as_of: string }[];
  differ: boolean;
}
export function pillarRows(pillars: readonly unknown[]): PillarRow[] {
  const rows = pillars as readonly { pillar: string; status: string; note: string | null; source: string; as_of: string }[];
  const names = [...new Set(rows.map((one) => one.pillar))];
  return names.map((pillar) => {
    const newest: { [source: string]: (typeof rows)[number] } = {};
    for (const one of rows.filter((row) => row.pillar === pillar).sort((a, b) => a.as_of.localeCompare(b.as_of))) newest[one.source] = one;
    const said = Object.values(newest).sort((a, b) => b.as_of.localeCompare(a.as_of));
    return { pillar, said, differ: new Set(said.map((one) => one.status)).size > 1 };
  });
}
