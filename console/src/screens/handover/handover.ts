/** What the hand-over screen works out for itself: the form's parts, what was gone through, what is still to do. */
import type { AnswerOf } from "$lib/api.ts";

export interface Part {
  title: string;
  lines: readonly string[];
  more: number;
}
/** Part -> what stood in it when it was gone through. */
export type Seen = Readonly<Record<string, string>>;

const MORE = /^and (\d+) more; look at the screen$/;

/** The parts of a form that was signed, out of its text: headings in capitals, lines with a dash. */
export function partsOf(text: string): Part[] {
  const found: { title: string; lines: string[]; more: number }[] = [];
  // The first line says whose form it is.
  for (const line of text.split("\n").slice(1)) {
    if (line.startsWith("- ")) {
      const said = line.slice(2);
      const more = MORE.exec(said)?.[1];
      const last = found.at(-1);
      if (more) last && (last.more = Number(more));
      else if (said !== "none") last?.lines.push(said);
    } else if (line.trim()) found.push({ title: line.trim(), lines: [], more: 0 });
  }
  return found;
}

/** Name of a part, the same whether it stands in capitals or not; the end of its message's id. */
export const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z]+/g, "-");

const contentOf = (part: Part): string => [...part.lines, part.more].join("\n");

/** A part in which there is nothing needs no tick; one that changed after its tick needs another. */
export function isSeen(seen: Seen, part: Part): boolean {
  return part.lines.length === 0 || seen[slugOf(part.title)] === contentOf(part);
}

export function tick(seen: Seen, part: Part, yes: boolean): Seen {
  const { [slugOf(part.title)]: _before, ...rest } = seen;
  return yes ? { ...rest, [slugOf(part.title)]: contentOf(part) } : rest;
}

export const unseen = (seen: Seen, parts: readonly Part[]): Part[] => parts.filter((part) => !isSeen(seen, part));

/** Parts that who leaves writes himself: they are fields of his form and not lines to go through. */
const OWN: ReadonlySet<string> = new Set(["handed-over-by-hand", "notes"]);
export const told = (parts: readonly Part[]): Part[] => parts.filter((part) => !OWN.has(slugOf(part.title)));

/** Characters that stand at the foot of a form, as they are typed. */
export const CODE_CHARS = 8;
export function isCode(typed: string, code: string): boolean {
  const text = typed.trim().toLowerCase();
  return text.length >= CODE_CHARS && text === code.toLowerCase();
}

/** A roster as it is entered, out of one that is held: to be changed and entered again. */
export function documentOf(roster: AnswerOf<"roster">): Record<string, unknown> {
  return {
    roster: roster.roster,
    time_zone: roster.time_zone,
    watches: roster.watches.map((one) => ({ name: one.watch, from: one.from, until: one.until, officers: one.officers, ...(one.supervisor ? { supervisor: one.supervisor } : {}) })),
    wake: roster.wake.map((one) => ({ officer: one.officer, how: one.how, ...(one.deputy ? { deputy: one.deputy } : {}), ...(one.note ? { note: one.note } : {}) })),
  };
}

/** Supervisors as they are typed, one to a line: `day = eucom-release-1`. */
export function supervisorsOf(text: string): [string, string][] {
  return text.split(/[\n,]+/).map((line) => line.split("=").map((one) => one.trim())).filter((pair): pair is [string, string] => pair.length === 2 && Boolean(pair[0] && pair[1]));
}

/** Minutes around a change of the watch in which no drill may run without supervisors on both watches. */
export const DRILL_CLEAR_MIN = 30;

/** The changes of the watch that a drill comes too near to. */
export function nearChanges(from: string | undefined, until: string | undefined, changes: readonly (string | null | undefined)[]): string[] {
  const begins = Date.parse(from ?? "");
  const ends = Date.parse(until ?? "");
  if (Number.isNaN(begins) || Number.isNaN(ends)) return [];
  const clear = DRILL_CLEAR_MIN * 60_000;
  return [...new Set(changes)].filter((one): one is string => Boolean(one)).filter((one) => begins - clear < Date.parse(one) && Date.parse(one) < ends + clear);
}

/** Steps that a person may take on a drill as it stands. */
export function stepsOf(status: string): ("BEGIN" | "END" | "CALL-OFF")[] {
  if (status === "PLANNED") return ["BEGIN", "CALL-OFF"];
  if (status === "STOPPED") return ["BEGIN", "END", "CALL-OFF"];
  return status === "RUNNING" ? ["END", "CALL-OFF"] : [];
}
