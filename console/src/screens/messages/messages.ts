/** What a list and a view of messages say of one: its name, how far it got, what is due next. */
import type { AnswerOf } from "$lib/api.ts";

export type Summary = AnswerOf<"messages">[number];

export const LEVELS = ["R0", "R1", "R2", "R3", "R4"] as const;
export const TONES: Record<string, "flash" | "alarm" | "warning" | "plain"> = { FLASH: "flash", IMMEDIATE: "alarm", PRIORITY: "warning", ROUTINE: "plain" };

/** in:4, as people and the node name it. */
export function nameOf(row: Pick<Summary, "direction" | "number">): string {
  return `${row.direction}:${row.number}`;
}

/** The highest receipt that is in, or undefined: then nothing is known to have arrived. */
export function reached(row: Pick<Summary, "receipts">): string | undefined {
  return LEVELS.findLast((level) => level in row.receipts);
}

/** The receipt that is due first. */
export function nextDue(row: Pick<Summary, "due">): { level: string; at: string } | undefined {
  const found = Object.entries(row.due).filter((one): one is [string, string] => typeof one[1] === "string");
  const first = found.sort((a, b) => a[1].localeCompare(b[1]))[0];
  return first && { level: first[0], at: first[1] };
}

export function toneOf(row: Summary): "" | "late" | "new" | "closed" {
  if (row.overdue.length > 0) return "late";
  if (row.direction === "in" && !("R1" in row.receipts)) return "new";
  return "";
}
