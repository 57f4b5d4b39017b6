/** The audit report as a file: the very JSON that the node gave, and the CSV that the command line writes. */
import type { AnswerOf } from "$lib/api.ts";
import { csvLine } from "$lib/desk/save.ts";

export type Report = AnswerOf<"audit-report">;
type Message = Report["messages"][number];
type Receipt = Message["receipts"][number];

const HEAD = ["section", "index", "at", "what", "officer", "role", "sentence"] as const;

/** As `desk/auditing.py` has it: what it is made from, counts, every row, every receipt. */
export function csvOf(report: Report): string {
  const { origin, size, root } = report.checkpoint;
  const rows: (readonly unknown[])[] = [
    HEAD,
    ["report", "", "", "CHECKPOINT", "", "", `${origin}, ${size} entries, root ${root}`],
    ["report", "", "", "SHA-256", "", "", report.sha256],
    ["report", "", report.from ?? "", "FROM", "", "", ""],
    ["report", "", report.to ?? "", "TO", "", "", ""],
    ...report.counts.map((one) => ["counts", "", "", one.kind, "", "", String(one.count)]),
    ...report.sections.flatMap((section) => section.rows.map((row) => [section.section, row.index, row.at, row.what, row.officer, row.role, row.sentence])),
    ...report.messages.flatMap((message) => message.receipts.map((one) => csvReceipt(message, one))),
  ];
  return rows.map((row) => `${csvLine(row)}\r\n`).join("");
}

function csvReceipt(message: Message, one: Receipt): readonly unknown[] {
  const name = `${message.form} ${message.direction}:${message.number} ${message.peer}`;
  return ["messages", one.index ?? message.index, one.entered_at ?? message.entered_at, one.level, one.officer ?? "", one.role ?? "", `${name}: ${receiptText(one)}`];
}

function receiptText(one: Receipt): string {
  const due = one.due_at ? `, due ${one.due_at}` : "";
  if (one.index === null) return `not given${due}`;
  return `after ${one.after_s} s by our clock, ${one.stated_after_s} s as both state it${due}${one.late ? ", LATE" : ""}`;
}

/** Name of a file of this report: its party, its period and the size of the journal it is made from. */
export function fileName(report: Report, kind: string): string {
  const day = (text: string | null, other: string) => (text ?? other).slice(0, 10).replaceAll("-", "");
  return `audit-${report.party}-${day(report.from, "begin")}-${day(report.to, "now")}-${report.checkpoint.size}.${kind}`.toLowerCase();
}

/** The day before which the last seven begin: what an auditor looks at each week. */
export function week(now: number): { from: string; to: string } {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  return { from: day(now - 6 * 86_400_000), to: day(now) };
}
