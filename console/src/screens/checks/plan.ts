/** A plan of line checks between the node's answer, the form, and what is prepared. */
import type { AnswerOf } from "$lib/api.ts";
import { filled, instantOf } from "$lib/desk/entered.ts";
import type { RowValues } from "$ui/Rows.svelte";

export const RULES = ["EVERY-DAY", "OUR-WORKING-DAYS", "THEIR-WORKING-DAYS", "WORKING-DAYS-OF-BOTH"] as const;
export const DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"] as const;

export interface PlanForm {
  channel: string; times: string; every_min: string; zone: string; rule: string; on: string[]; turns: string; first: string; from: string; until: string;
  early: string; answer: string; late: string; languages: string; with_text: boolean; automatic: boolean; reason: string;
  ours: string[]; theirs: string[]; ourHolidays: RowValues[]; theirHolidays: RowValues[];
}
const minutes = (seconds: number) => String(seconds / 60);
const holidays = (rows: readonly (readonly string[])[]): RowValues[] => rows.map(([day = "", name = ""]) => ({ day, name }));

export function formOfPlan(known: AnswerOf<"check-plan"> | undefined): PlanForm {
  return {
    channel: known?.channel ?? "", times: known?.times.join(", ") ?? "09:00, 17:00", every_min: known?.every_min ? String(known.every_min) : "", zone: known?.zone ?? "", rule: known?.rule ?? "EVERY-DAY", on: known ? [...known.on] : [...DAYS],
    turns: known?.turns ?? "OURS", first: known?.first ?? "OURS", from: "", until: known?.until ?? "", early: minutes(known?.early_s ?? 900), answer: minutes(known?.answer_s ?? 900), late: minutes(known?.late_s ?? 3600),
    languages: known?.languages.join(", ") ?? "", with_text: known?.with_text ?? true, automatic: known?.automatic ?? false, reason: "",
    ours: known ? [...known.ours.weekdays] : DAYS.slice(0, 5), theirs: known ? [...known.theirs.weekdays] : DAYS.slice(0, 5), ourHolidays: holidays(known?.ours.holidays ?? []), theirHolidays: holidays(known?.theirs.holidays ?? []),
  };
}

const list = (text: string) => text.split(/[\s,;]+/).filter(Boolean);
/** Whole numbers as typed; what is none goes as it stands, so that the node says what is wrong. */
function number(text: string, of = 1): number | string | undefined {
  if (!text.trim()) return undefined;
  const read = Number(text.replace(",", "."));
  return Number.isFinite(read) ? Math.round(read * of) : text;
}

/** Return what is prepared; times of day win over minutes only when minutes are not given. */
export function givenOf(form: PlanForm, now: number): Record<string, unknown> {
  const every = number(form.every_min);
  const calendar = (weekdays: string[], rows: RowValues[]) => filled({ weekdays: DAYS.filter((day) => weekdays.includes(day)), holidays: rows.map((row) => [row["day"] ?? "", row["name"] ?? ""]) });
  return filled({
    channel: form.channel, ...(every ? { every_min: every } : { times: list(form.times) }), zone: form.zone.trim(), rule: form.rule, on: form.on.length === 7 ? undefined : DAYS.filter((day) => form.on.includes(day)),
    turns: form.turns, first: form.turns === "ALTERNATING" ? form.first : undefined, from: instantOf(form.from, now), until: instantOf(form.until, now), early_s: number(form.early, 60), answer_s: number(form.answer, 60), late_s: number(form.late, 60),
    languages: list(form.languages), with_text: form.with_text, automatic: form.automatic, reason: form.reason.trim(), ours: calendar(form.ours, form.ourHolidays), theirs: calendar(form.theirs, form.theirHolidays),
  });
}
