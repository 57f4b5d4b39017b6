/** Which screen shows what an entry is about: for search, the log, cases and the brief. */
import { href } from "$lib/router.svelte.ts";

export interface Told {
  kind: string;
  reference: string;
  channel?: string;
}
type Known = (screen: string) => boolean;

/** Kind of an entry -> screens that show it, the best first; the first that this console has is opened. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  message: ["messages"],
  receipt: ["messages"],
  draft: ["release", "compose"],
  alarm: ["alarms"],
  concern: ["concerns", "concern"],
  report: ["reports", "concerns"],
  rules: ["rules", "concerns"],
  facility: ["register", "facilities"],
  window: ["windows"],
  line: ["line", "lines", "floor"],
  delegation: ["delegations", "release"],
  decision: ["decisions", "contacts"],
  contact: ["contacts"],
  channel: ["channels"],
  ladder: ["ladders", "channels"],
  rung: ["ladders", "channels"],
  "line-check": ["checks", "line-checks"],
  call: ["calls"],
  case: ["cases"],
  account: ["cases"],
  log: ["log"],
  shift: ["handover"],
  drill: ["handover"],
  codebook: ["codebook"],
  translation: ["translations"],
  term: ["terms"],
  notice: ["notices"],
};

/** Kinds whose screen opens the very thing by its name; the others are shown as a list. */
const NAMED: ReadonlySet<string> = new Set(["message", "receipt", "concern", "facility", "window", "decision", "contact", "channel", "line-check", "rung", "call", "case", "shift", "drill"]);

/** The name by which a thing is opened; empty for the screen alone. */
export function nameOf(told: Told): string {
  if (told.kind === "channel") return told.reference || told.channel || "";
  return NAMED.has(told.kind) ? told.reference : "";
}

/** The address that shows it, or undefined when no screen here does. */
export function addressOf(told: Told, known: Known): string | undefined {
  const screen = SCREENS[told.kind]?.find(known);
  if (screen === undefined) return undefined;
  // A line of the log stands among the others of its time.
  if (told.kind === "log") return href(screen, "", told.reference ? { at: told.reference } : {});
  return href(screen, nameOf(told));
}

/** A name that people type to go straight there: CASE-2023-000001, in:4, CT-2023-000008. */
const STRAIGHT: readonly [RegExp, string][] = [
  [/^CASE-\d{4}-\d{4,8}$/, "case"],
  [/^CT-\d{4}-\d{4,8}$/, "contact"],
  [/^CL-\d{4}-\d{4,8}$/, "call"],
  [/^C-\d{4}-\d{4,8}$/, "concern"],
  [/^DR-\d{4}-\d{4,8}$/, "drill"],
  [/^D-\d{4}-\d{4,8}$/, "decision"],
];

export function straight(typed: string): Told | undefined {
  const text = typed.trim();
  const way = /^(in|out):(\d{1,9})$/i.exec(text);
  if (way) return { kind: "message", reference: `${way[1]?.toLowerCase()}:${way[2]}` };
  const number = text.toUpperCase();
  const found = STRAIGHT.find(([pattern]) => pattern.test(number));
  return found && { kind: found[1], reference: number };
}

/** Results under their kinds, in the order in which the best of each kind came. */
export function grouped<Row extends { kind: string }>(rows: readonly Row[]): [string, Row[]][] {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const held = found.get(row.kind);
    if (held) held.push(row);
    else found.set(row.kind, [row]);
  }
  return [...found];
}
