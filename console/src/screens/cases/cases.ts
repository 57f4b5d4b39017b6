/** What the case screen works out for itself: sides of a contradiction, what was linked, what was not chosen. */
import type { AnswerOf } from "$lib/api.ts";

export type CaseShown = AnswerOf<"case">;
export type Account = CaseShown["questions"][number]["accounts"][number];
export type Dispute = CaseShown["disputes"][number];
export type TimelineRow = AnswerOf<"case-timeline">[number];
export type Decision = Pick<AnswerOf<"decisions">[number], "options" | "chosen">;

/** References as people separate them: by commas, spaces or lines. */
export function referencesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
}

/** What stands on one side of a contradiction: an account of the case, or something that it joins. */
export interface Side {
  name: string;
  account?: Account;
  joined?: TimelineRow;
}

export function sideOf(name: string, one: CaseShown): Side {
  const number = /^account (\d+)$/.exec(name)?.[1];
  const account = number ? one.questions.flatMap((asked) => asked.accounts).find((held) => held.account === Number(number)) : undefined;
  if (account) return { name, account };
  const joined = one.joins.find((row) => row.reference === name || `${row.kind} ${row.reference}` === name);
  return joined ? { name, joined } : { name };
}

/** What nobody looked at first, then what a person stated, then what was assessed. */
export function inOrder(disputes: readonly Dispute[]): Dispute[] {
  const rank = (one: Dispute) => ["FOUND", "STATED", "ASSESSED"].indexOf(one.state);
  return [...disputes].sort((a, b) => rank(a) - rank(b));
}

export const unassessed = (one: CaseShown): Dispute[] => one.disputes.filter((dispute) => dispute.state !== "ASSESSED");

/** Options that were on the table and not taken. */
export function rejected(decision: Decision): string[] {
  return decision.options.filter((option) => option.trim() !== decision.chosen.trim());
}

/** Kinds of what a case joins, in the order in which people ask for them. */
const LINKED = ["message", "concern", "contact", "call", "decision", "facility", "statement", "log"];

export function linked(rows: readonly TimelineRow[]): [string, TimelineRow[]][] {
  const kinds = [...new Set([...LINKED, ...rows.map((row) => row.kind)])];
  return kinds.map((kind): [string, TimelineRow[]] => [kind, rows.filter((row) => row.kind === kind)]).filter(([, found]) => found.length > 0);
}

/** How an answer to a question is written, so that the form can say it. */
export const QUESTIONS: Readonly<Record<string, "party" | "yes-no" | "number" | "time" | "place" | "topics" | "words">> = {
  said: "words",
  "initiated-by": "party",
  "by-whom": "party",
  ours: "yes-no",
  used: "yes-no",
  happened: "yes-no",
  count: "number",
  time: "time",
  place: "place",
  "read-out": "topics",
  law: "words",
};

/** The answer as the API takes it: a list of texts; nothing for words only. */
export function answerOf(question: string, text: string): string[] | undefined {
  const kind = QUESTIONS[question];
  const typed = text.trim();
  if (kind === "words" || !typed) return undefined;
  if (kind === "topics") return typed.split(/[\n,;]+/).map((one) => one.trim()).filter(Boolean);
  if (kind === "time") return typed.split(/\s*(?:\bto\b|до|\.\.|–|—|\n)\s*/u).map((one) => one.trim()).filter(Boolean).slice(0, 2);
  return [typed];
}

/** An answer of yes or no in the officer's language; any other is the source's own. */
export function answerWords(answer: string, say: (id: string) => string): string {
  return answer === "yes" || answer === "no" ? say(answer) : answer;
}
