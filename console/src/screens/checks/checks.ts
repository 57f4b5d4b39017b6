/** Line checks: letters of the strip as shapes and words, and the comparison of what was sent with what came back. */
import type { Level } from "$ui/Status.svelte";

export const RESULTS = { A: "ANSWERED", M: "NO-MESSAGE", L: "LATE", N: "NO-ANSWER", G: "GARBLED", X: "NOT-MADE", "?": "OPEN", ".": "NONE" } as const;
export type Letter = keyof typeof RESULTS;
/** A sign of its own for each result, so that the strip is read without colour. */
export const SIGNS: Record<Letter, string> = { A: "●", M: "◉", L: "◑", N: "▲", G: "◆", X: "✕", "?": "○", ".": "·" };
export const SHAPES: Record<Letter, Level> = { A: "normal", M: "normal", L: "caution", N: "serious", G: "critical", X: "off", "?": "standby", ".": "off" };
export const REASONS = ["UNKNOWN", "OWN-FAULT", "THEIRS", "PATH", "WEATHER"] as const;

export function lettersOf(checks: string): Letter[] {
  return [...checks].filter((one): one is Letter => one in RESULTS);
}
export function letterOf(result: string): Letter {
  return (Object.keys(RESULTS) as Letter[]).find((letter) => RESULTS[letter] === result) ?? "?";
}

export interface Piece { kind: "same" | "changed" | "missing" | "added"; sent: string; got: string }
/** Longer differences are told as one: nobody reads a thousand letters side by side. */
const ALIGN_MAX = 400;

const clean = (text: string): string[] => [...text.normalize("NFC").trim()];

/** Compare letter by letter in NFC, as the node does: pieces that are the same, changed, missing or added, in order. */
export function compare(sent: string, received: string): Piece[] {
  const before = clean(sent);
  const after = clean(received);
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const pieces: Piece[] = [];
  const push = (kind: Piece["kind"], from: string, to: string) => {
    const last = pieces.at(-1);
    if (last?.kind === kind) {
      last.sent += from;
      last.got += to;
    } else if (from || to) pieces.push({ kind, sent: from, got: to });
  };
  const head = before.slice(0, start).join("");
  push("same", head, head);
  const middle = [before.slice(start, before.length - end), after.slice(start, after.length - end)] as const;
  if (Math.max(middle[0].length, middle[1].length) > ALIGN_MAX) push("changed", middle[0].join(""), middle[1].join(""));
  else for (const [kind, from, to] of aligned(...middle)) push(kind, from, to);
  const tail = end ? before.slice(-end).join("") : "";
  push("same", tail, tail);
  return pieces;
}

function aligned(sent: readonly string[], got: readonly string[]): [Piece["kind"], string, string][] {
  const width = got.length + 1;
  const cost = new Uint32Array((sent.length + 1) * width);
  const at = (row: number, column: number) => cost[row * width + column] ?? 0;
  for (let row = 0; row <= sent.length; row++)
    for (let column = 0; column <= got.length; column++) {
      if (row === 0 || column === 0) cost[row * width + column] = row + column;
      else cost[row * width + column] = Math.min(at(row - 1, column - 1) + (sent[row - 1] === got[column - 1] ? 0 : 1), at(row - 1, column) + 1, at(row, column - 1) + 1);
    }
  const found: [Piece["kind"], string, string][] = [];
  for (let row = sent.length, column = got.length; row || column; ) {
    const from = sent[row - 1] ?? "";
    const to = got[column - 1] ?? "";
    if (row && column && at(row, column) === at(row - 1, column - 1) + (from === to ? 0 : 1)) {
      found.push([from === to ? "same" : "changed", from, to]);
      row -= 1;
      column -= 1;
    } else if (row && at(row, column) === at(row - 1, column) + 1) {
      found.push(["missing", from, ""]);
      row -= 1;
    } else {
      found.push(["added", "", to]);
      column -= 1;
    }
  }
  return found.reverse();
}

export const differs = (pieces: readonly Piece[]): boolean => pieces.some((one) => one.kind !== "same");
/** A difference as people name it: letters that cannot be told apart by eye have their code points beside them. */
export const codes = (text: string): string => [...text].map((one) => `U+${(one.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
