/** The running log as it leaves the screen, and as it is read: pages, a table for a spreadsheet. */
import { csvLine } from "$lib/desk/save.ts";

export interface Line {
  entry: number;
  kind: string;
  at: string | null;
  entered_at: string | null;
  title: string;
  officer: string;
  channel: string;
  cases: readonly string[];
  reference: string;
  tags: readonly string[];
  about: readonly string[];
}

/** What was entered later than it happened says so; below this both are the same minute to a reader. */
const LATER_S = 120;

export function enteredLater(line: Pick<Line, "at" | "entered_at">): boolean {
  return Boolean(line.at && line.entered_at) && Date.parse(line.entered_at ?? "") - Date.parse(line.at ?? "") > LATER_S * 1000;
}

/** The first page again and older ones behind it, each line once, the newest first. */
export function joined<L extends Pick<Line, "entry">>(first: readonly L[], older: readonly L[]): L[] {
  const held = new Set(first.map((line) => line.entry));
  return [...first, ...older.filter((line) => !held.has(line.entry) && held.add(line.entry))];
}

/** Lines that were found by words, as the log has them: the newest first. */
export function newest<L extends Pick<Line, "at" | "entry">>(lines: readonly L[]): L[] {
  return [...lines].sort((a, b) => String(b.at).localeCompare(String(a.at)) || b.entry - a.entry);
}

const HEAD = ["at (UTC)", "entered (UTC)", "kind", "line", "officer", "channel", "cases", "tags", "refers to", "entry"];

export function csv(lines: readonly Line[]): string {
  const rows = lines.map((line) => csvLine([line.at, line.entered_at, line.kind, line.title, line.officer, line.channel, line.cases, line.tags, line.about, line.entry]));
  return `${[csvLine(HEAD), ...rows].join("\r\n")}\r\n`;
}

/** Tags as people separate them. */
export function tagsOf(text: string): string[] {
  return [...new Set(text.split(/[,;\n]+/).map((one) => one.trim()).filter(Boolean))];
}
