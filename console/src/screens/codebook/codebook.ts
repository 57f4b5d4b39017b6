/** The codebook's entries as an officer reads them: groups by number, who has read them, and a phrase to be sent. */
import type { AnswerOf } from "$lib/api.ts";

export type Code = AnswerOf<"codes">[number];
export type Detail = AnswerOf<"code">;

/** First and last number of what belongs together (docs/codebook.md). */
export const GROUPS: readonly (readonly [number, number])[] = [
  [1, 9], [10, 19], [20, 29], [30, 39], [40, 49], [50, 59], [60, 69], [70, 79], [80, 89], [90, 99], [100, 109], [110, 119], [120, 129], [130, 139], [140, 149],
];

export function digits(number: number): string {
  return String(number).padStart(3, "0");
}

/** Return the group of a number by the number that it begins with, as `010`. */
export function groupOf(number: string): string {
  const value = Number(number);
  const found = GROUPS.find(([first, last]) => first <= value && value <= last);
  return found ? digits(Math.floor(found[0] / 10) * 10) : "";
}

/** Tell how far linguists have read an entry in one language: native, signed or not at all. */
export function readingOf(one: Code, language: string): "native" | "signed" | "none" {
  if (!one.not_native.includes(language)) return "native";
  return one.signed[language]?.length ? "signed" : "none";
}

/** Tell whether any language of an entry was read by a native linguist. */
export function nativeIn(one: Code, languages: readonly string[]): boolean {
  return languages.every((language) => !one.not_native.includes(language));
}

const WHOLE = new Set(["minutes", "number", "persons", "metres"]);

/** Return a phrase as the node takes it: its number, then its arguments in order. */
export function phraseOf(one: Code, typed: readonly string[]): (string | number)[] {
  return [
    Number(one.number),
    ...one.arguments.map(({ kind }, at) => {
      const text = (typed[at] ?? "").trim();
      return WHOLE.has(kind) && /^\d+$/.test(text) ? Number(text) : text;
    }),
  ];
}

/** Return a phrase with what was typed in its gaps; a gap that is empty stays one. */
export function filledIn(phrase: string, typed: readonly string[]): string {
  let at = 0;
  return phrase.replaceAll("…", () => typed[at++]?.trim() || "…");
}
