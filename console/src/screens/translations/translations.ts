/** What waits for a linguist, in which order, and what a doubt marks in a text. */
import type { AnswerOf } from "$lib/api.ts";

export type Side = AnswerOf<"translation">;
export type Summary = AnswerOf<"translations">[number];
export type Full = Side["translations"][number];
export type Version = Full["versions"][number];
type Message = AnswerOf<"messages">[number];
type Draft = AnswerOf<"drafts">[number];
type Form = AnswerOf<"forms">[number];

export const STAGES = ["SIGHT", "ROUGH", "OFFICIAL"] as const;
export type Stage = (typeof STAGES)[number];

/** Minutes after receipt until which each stage is expected (src/armslength/language/translations.py, TARGET_MIN). */
export const TARGET_MIN: Readonly<Record<Stage, number>> = { SIGHT: 8, ROUGH: 35, OFFICIAL: 130 };

/** First and last line of whatever a program translated; no text with it is taken. */
export const MACHINE_MARK = "MACHINE DRAFT, NOT FOR RELEASE";

const PRECEDENCES = ["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"];
/** A test text is a pangram, made to cover an alphabet and not to say anything. */
const SAYS_NOTHING = new Set(["TEST"]);
const BACK_DONE = new Set(["RELEASED", "WITHDRAWN", "EXPIRED", "REJECTED"]);

/** One thing that waits for a linguist. */
export interface Waiting {
  why: "stage" | "check" | "back";
  id: string;
  name: string;
  line: string;
  form: string;
  precedence: string;
  /** Stage that stands, and the one that is expected next; of messages alone. */
  stage: string | null;
  next: Stage | null;
  /** Until when; null where no clock runs. */
  due: string | null;
  since: string | null;
  into: string;
}

/** Return the stage that is expected after one; undefined when the official one stands. */
export function nextStage(stage: string | null): Stage | undefined {
  return STAGES[STAGES.indexOf(stage as Stage) + 1];
}

/** Return the stages that may still be recorded: the one that stands may be corrected, an earlier one not. */
export function stagesOpen(stage: string | null): readonly Stage[] {
  return STAGES.slice(Math.max(0, STAGES.indexOf(stage as Stage)));
}

/** Return when a stage is expected, RFC 3339. */
export function dueOf(received: string | null, stage: Stage): string | null {
  return received === null ? null : new Date(Date.parse(received) + TARGET_MIN[stage] * 60_000).toISOString();
}

/** Return the messages from the other side whose form carries text and that have no official version yet. */
export function candidates(messages: readonly Message[], done: readonly Summary[], forms: readonly Form[], most: number): Message[] {
  const texts = new Set(forms.filter((form) => form.fields.some((one) => one.kind === "text")).map((form) => form.code));
  const official = new Set(done.filter((one) => one.stage === "OFFICIAL").map((one) => one.reference));
  const open = messages.filter((one) => one.direction === "in" && one.form !== null && texts.has(one.form) && !SAYS_NOTHING.has(one.form) && !official.has(one.id));
  return open.sort((a, b) => String(b.entered_at).localeCompare(String(a.entered_at))).slice(0, most);
}

/** Return the language into which a text is translated here: our first, unless it is written in that. */
export function targetOf(source: string | null, ours: readonly string[]): string | undefined {
  const [first] = ours;
  return first !== undefined && first !== source ? first : undefined;
}

/** Return the drafts that may want a linguist's check or a back-translation before their release. */
export function openDrafts(drafts: readonly Draft[], most: number): Draft[] {
  return drafts.filter((one) => !BACK_DONE.has(one.state) && one.message === null).slice(0, most);
}

/** Return what waits, the most urgent first: by precedence, then by its deadline. */
export function queueOf(messages: readonly Message[], drafts: readonly Draft[], sides: ReadonlyMap<string, Side>, ours: readonly string[]): Waiting[] {
  const found: Waiting[] = [];
  for (const one of messages) {
    const side = sides.get(one.id);
    if (!side?.needs_linguist || side.original.length === 0) continue;
    const into = targetOf(side.source_language, ours);
    if (into === undefined) continue;
    const stage = side.translations.find((each) => each.language === into)?.stage ?? null;
    const next = nextStage(stage);
    if (next === undefined) continue;
    found.push({ why: "stage", id: one.id, name: side.name, line: one.line, form: one.form ?? "", precedence: one.precedence, stage, next, due: dueOf(one.entered_at, next), since: one.entered_at, into });
  }
  for (const one of drafts) {
    const said = { id: one.id, line: one.line, form: one.form, precedence: one.precedence, stage: null, next: null, due: null, since: one.drafted_at };
    const side = sides.get(one.id);
    const name = `draft ${one.id.slice(0, 12)}`;
    if (one.needs.includes("linguist")) found.push({ ...said, why: "check", name, into: "" });
    if (side?.warning) found.push({ ...said, why: "back", name, into: ours[0] ?? "en" });
  }
  const rank = (one: Waiting) => (PRECEDENCES.indexOf(one.precedence) + PRECEDENCES.length) % PRECEDENCES.length;
  return found.sort((a, b) => rank(a) - rank(b) || (a.due ?? "9").localeCompare(b.due ?? "9") || (a.since ?? "").localeCompare(b.since ?? ""));
}

export interface Doubt {
  quote: string;
  note: string;
}

export interface Piece {
  text: string;
  /** Numbers of the doubts that are about these words, from 1. */
  doubts: number[];
}

/** Cut a text where doubts begin and end; a quote that is not in the text marks nothing. */
export function markedText(text: string, doubts: readonly Doubt[]): Piece[] {
  const spans = doubts
    .map((one, index) => ({ from: one.quote.trim() ? text.indexOf(one.quote) : -1, length: one.quote.length, number: index + 1 }))
    .filter((one) => one.from >= 0);
  const cuts = [...new Set([0, text.length, ...spans.flatMap((one) => [one.from, one.from + one.length])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, index) => {
    const to = cuts[index + 1] ?? text.length;
    return { text: text.slice(from, to), doubts: spans.filter((one) => one.from <= from && to <= one.from + one.length).map((one) => one.number) };
  });
}

/** Return the doubts whose words are no longer in the text: they would be refused. */
export function lostDoubts(text: string, doubts: readonly Doubt[]): Doubt[] {
  return doubts.filter((one) => !one.quote.trim() || !text.includes(one.quote));
}

export interface Entered {
  stage: string;
  text: string;
  doubts: readonly Doubt[];
  changes: "" | "yes" | "no";
  changed: string;
  versions: number;
}

/** Return what still keeps a stage from being signed, as ids of messages; nothing when it may be. */
export function missing(one: Entered): string[] {
  const found: string[] = [];
  if (!one.stage) found.push("translations-need-stage");
  if (!one.text.trim()) found.push("translations-need-text");
  if (one.text.includes(MACHINE_MARK)) found.push("translations-need-unmarked");
  if (one.doubts.some((each) => !each.note.trim()) || lostDoubts(one.text, one.doubts).length > 0) found.push("translations-need-doubts");
  if (one.versions > 0 && !one.changes) found.push("translations-need-changes");
  if (one.versions > 0 && one.changes === "yes" && !one.changed.trim()) found.push("translations-need-changed");
  return found;
}

/** Return the version that an officer has yet to read, when a later one changed the meaning of what he read. */
export function owedBy(one: Summary, officer: string): number | undefined {
  return one.owed.find((each) => each.officer === officer)?.version;
}
