/** Contacts and the count: questions, outcomes, and the ten keys in which a number is passed on. */
import type { AnswerOf } from "$lib/api.ts";
import { csvLine } from "$lib/desk/save.ts";
import type { Level } from "$ui/Status.svelte";

export type Contact = AnswerOf<"contact">;
export type Count = AnswerOf<"contact-count">;

export const OUTCOMES = ["REACHED", "NO-ANSWER", "REFUSED", "BUSY", "CUT-OFF", "WRONG-PERSON", "LEFT-WORD", "UNKNOWN"] as const;
export const PURPOSES = ["SUBSTANTIVE", "TEST", "SERVICE", "EXERCISE"] as const;
export const UNITS = ["exchange", "call", "message", "occasion"] as const;
export const DIRECTIONS = ["both", "outgoing", "incoming"] as const;
/** Keys of the count as `contact count --json` prints it; a reader elsewhere may rely on these and no others. */
export const TEN_KEYS = ["channel", "since", "as_of", "initiated_by", "certain", "possible", "count", "rule", "contacts", "completeness"] as const;

/** Return the count as it is passed on: exactly its ten keys, in their order. */
export function tenKeys(count: Count): Record<string, unknown> {
  return Object.fromEntries(TEN_KEYS.map((key) => [key, count[key]]));
}

/** What may be said of a number: the number itself, a least, that nothing is recorded, or that it is unknown. */
export function headline(count: Pick<Count, "certain" | "possible">): "known" | "at-least" | "unknown" | "nothing" {
  if (count.possible) return count.certain ? "at-least" : "unknown";
  return count.certain ? "known" : "nothing";
}

const SHAPES: Record<string, Level> = { REACHED: "normal", "CUT-OFF": "caution", "LEFT-WORD": "caution", UNKNOWN: "off", "NO-ANSWER": "serious", REFUSED: "serious", BUSY: "serious", "WRONG-PERSON": "serious" };
export const shapeOfOutcome = (outcome: string): Level => SHAPES[outcome] ?? "off";
/** Whether the outcome makes it count: surely, perhaps, or not. */
export function countsAs(outcome: string): "yes" | "possibly" | "no" {
  if (outcome === "REACHED") return "yes";
  return ["CUT-OFF", "LEFT-WORD", "UNKNOWN"].includes(outcome) ? "possibly" : "no";
}

export const QUESTION = ["channel", "since", "as_of", "subject", "initiated_by", "unit", "direction"] as const;
/** Return the question of an address: what the count is asked for. */
export function questionOf(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(QUESTION.filter((key) => query[key]).map((key) => [key, query[key] ?? ""]));
}

/** The last days a count may be asked for: today, by the UTC clock. */
export const today = (now: number): string => new Date(now).toISOString().slice(0, 10);

const LEDGER = [
  "number", "corrected_by", "corrects", "because", "channel", "from", "until", "initiated_by", "outcome", "purpose", "certain", "ours", "theirs", "interpreter", "subjects", "facilities", "concerns", "case",
  "level", "proof", "completeness", "answers", "sources", "call", "message", "notes", "agreed_text", "unknown", "officer", "entered_at", "entry", "leaf_hash",
] as const satisfies readonly (keyof Contact)[];

/** Return the ledger as CSV: every row says its realm. */
export function ledgerCsv(realm: string, rows: readonly Contact[]): string {
  return [csvLine(["realm", ...LEDGER]), ...rows.map((row) => csvLine([realm, ...LEDGER.map((key) => row[key])]))].join("\r\n") + "\r\n";
}

const REASONS: readonly [RegExp, string, string?][] = [
  [/^after the day as of which/, "after"], [/^before the first day asked for/, "before"], [/^an exercise$/, "exercise"], [/^the form (.+) is not counted$/, "form", "form"], [/^nobody was reached: (.+)$/, "failed", "outcome"],
  [/^answers or relates to/, "answers"], [/^(incoming|outgoing)$/, "direction"], [/^not a recorded call$/, "not-call"], [/^spoken, and no message$/, "spoken"], [/^initiated by (.+)$/, "initiated", "party"],
  [/^another subject$/, "subject"], [/^corrected by (.+)$/, "corrected", "number"], [/^tells of a message/, "tells"], [/^the same message stands/, "same"],
];
/** Return the message that says why a contact was left out, undefined for a reason that only the node has words for. */
export function reasonOf(reason: string): { id: string; args: Record<string, string> } | undefined {
  for (const [pattern, name, argument] of REASONS) {
    const found = pattern.exec(reason);
    if (found) return { id: `contacts-left-${name}`, args: argument ? { [argument]: found[1] ?? "" } : {} };
  }
  return undefined;
}
