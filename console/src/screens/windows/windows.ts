/** A window of silence in words: where it stands, what a person may do next, and whether GREEN can be said. */
import type { AnswerOf } from "$lib/api.ts";
import { areaOf } from "$lib/map/data.ts";
import { degreesText } from "$lib/map/geodesy.ts";
import type { Level } from "$ui/Status.svelte";

export type Window = AnswerOf<"windows">[number];
export type Shown = AnswerOf<"window">;

export interface Assurance {
  party: string;
  said: string;
  means?: string;
  commands?: string[];
  from?: string | null;
  until?: string | null;
  reference?: string;
  at?: string | null;
  covers: boolean;
}
export const assurances = (one: Pick<Window, "assurances">) => one.assurances as unknown as Assurance[];

/** An assurance counts when it covers the whole time and is in writing; the desk says which do. */
export function counts(said: Assurance): "counts" | "voice" | "short" | "refused" | "withdrawn" | "none" {
  if (said.covers) return "counts";
  if (said.said === "NONE") return "none";
  if (said.said === "NOT-GIVEN") return "refused";
  if (said.said === "WITHDRAWN") return "withdrawn";
  return said.means === "VOICE" ? "voice" : "short";
}

export const LEVELS: { [status: string]: Level } = {
  PROPOSED: "standby", ASSURING: "caution", GREEN: "normal", ACTIVE: "normal", "TOLD-GREEN": "normal", VIOLATED: "critical", MISSED: "serious", ENDED: "caution", ABORTED: "serious", CLOSED: "off",
};

/** Crews outside of a window that is green and running: the one thing that is looked at before anything else. */
export const crewsInDanger = (one: Pick<Window, "status" | "crews_out">) => one.crews_out.length > 0 && one.status !== "ACTIVE";
export const ended = (one: Pick<Window, "status">) => ["ABORTED", "CLOSED"].includes(one.status);

const OPEN = ["PROPOSED", "ASSURING", "TOLD-GREEN", "GREEN", "ACTIVE", "VIOLATED", "MISSED", "ENDED"];
/** As register/windows.py has it: step -> statuses from which a person may take it. */
const FROM: { [step: string]: readonly string[] } = {
  green: ["PROPOSED", "ASSURING"],
  "crews-out": ["ACTIVE"],
  "crews-back": [...OPEN, "ABORTED"],
  resume: ["VIOLATED"],
  assurance: [...OPEN, "ABORTED", "CLOSED"],
  violation: ["GREEN", "ACTIVE", "TOLD-GREEN", "VIOLATED", "ENDED", "ABORTED", "CLOSED"],
  reschedule: ["PROPOSED", "ASSURING", "GREEN", "TOLD-GREEN", "MISSED", "ENDED"],
  abort: OPEN,
  close: ["ACTIVE", "VIOLATED", "ENDED", "MISSED", "ABORTED"],
};
/** What sends people into a zone takes more than what calls them out. */
export const ROLES: { [step: string]: readonly string[] } = {
  green: ["releasing-officer", "principal"], resume: ["releasing-officer", "principal"], "crews-out": ["releasing-officer", "principal"],
  "crews-back": ["watch-officer", "releasing-officer", "principal"], assurance: ["watch-officer", "releasing-officer", "principal"], violation: ["watch-officer", "releasing-officer", "principal"],
  reschedule: ["watch-officer", "releasing-officer", "principal"], abort: ["watch-officer", "releasing-officer", "principal"], close: ["watch-officer", "releasing-officer", "principal"],
};
/** Steps that only the proposer's node takes: its crews, its word. */
const PROPOSERS = new Set(["green", "resume", "crews-out", "crews-back", "reschedule"]);

export interface Step {
  id: string;
  /** Why it cannot be taken now, as the id of a message; undefined when it can. */
  because: string | undefined;
}

/** Steps from where a window stands, those that calls out first; each with the reason why not when it is not possible. */
export function stepsOf(one: Pick<Window, "status" | "missing" | "crews" | "crews_out" | "proposer">, party: string): Step[] {
  const found: Step[] = [];
  for (const id of ["crews-back", "abort", "violation", "green", "crews-out", "resume", "assurance", "reschedule", "close"]) {
    if (!FROM[id]?.includes(one.status) && !(id === "crews-out" && one.status === "GREEN")) continue;
    if (PROPOSERS.has(id) && one.proposer !== party) continue;
    let because: string | undefined;
    if (id === "green" && one.missing.length > 0) because = "windows-because-missing";
    if (id === "resume" && one.missing.length > 0) because = "windows-because-missing";
    if (id === "crews-out" && one.status === "GREEN") because = "windows-because-not-begun";
    if (id === "crews-out" && one.crews.every((crew) => one.crews_out.includes(crew))) because = "windows-because-all-out";
    if (id === "crews-back" && one.crews_out.length === 0) continue;
    if (id === "close" && one.crews_out.length > 0) because = "windows-because-crews-out";
    found.push({ id, because });
  }
  return found;
}

/** The zone in words: its form, its size, its places. */
export function zoneText(zone: unknown): { id: string; args: { [name: string]: string } } {
  const area = areaOf(zone);
  if (!area) return { id: "windows-zone-other", args: { zone: JSON.stringify(zone) } };
  if (area.shape === "CIRCLE") return { id: "windows-zone-circle", args: { centre: degreesText(area, 4), radius: String(area.radius_m) } };
  const points = area.points.map(([lat, lon]) => degreesText({ lat, lon }, 4)).join(", ");
  return area.shape === "ROUTE" ? { id: "windows-zone-route", args: { points, width: String(area.width_m) } } : { id: "windows-zone-polygon", args: { points } };
}

export const WORKS = [
  "REPAIR-OF-POWER-LINE", "REPAIR-OF-POWER-PLANT", "REPAIR-OF-WATER-SUPPLY", "REPAIR-OF-DAM", "REPAIR-OF-COMMUNICATIONS", "DEMINING", "SURVEY-OF-DAMAGE", "FIREFIGHTING", "ROTATION-OF-STAFF", "DELIVERY-OF-SUPPLIES",
  "MEDICAL-EVACUATION", "RECOVERY-OF-THE-DEAD", "OTHER-WORKS",
] as const;
export const REASONS = [
  "ALL-ASSURANCES-HELD", "ASSURANCE-MISSING", "ASSURANCE-REFUSED", "ASSURANCE-WITHDRAWN", "ASSURANCE-EXPIRED", "VIOLATION-OBSERVED", "SAFETY-OF-CREWS", "WEATHER", "WORKS-DONE", "WORKS-NOT-DONE", "TIME-PASSED", "OTHER-WINDOW-REASON",
] as const;
export const PILLARS = ["PHYSICAL-INTEGRITY", "SAFETY-AND-SECURITY-SYSTEMS", "OPERATING-STAFF", "OFF-SITE-POWER", "LOGISTICAL-SUPPLY", "RADIATION-MONITORING", "COMMUNICATIONS"] as const;
export const PILLAR_STATUSES = ["HELD", "ENDANGERED", "COMPROMISED", "LOST", "NOT-KNOWN"] as const;

/** Lines of a text area, without empty ones. */
export const linesOf = (text: string) => text.split("\n").map((one) => one.trim()).filter(Boolean);
/** Names with commas or blanks between them. */
export const codesOf = (text: string) => text.split(/[,;\s]+/).filter(Boolean);
