/** What fits one page, and what does not: the rest is counted, never left out in silence. */

/** Rows of each part of the brief that fit one page of A4 together. */
export const ROOM = { alarms: 6, receipts: 6, concerns: 6, cases: 6, deadlines: 6, line_checks: 6, happened: 14 } as const;

/** The parts of a card in their order, with the rows that one page of A4 has for each when it is printed. */
export const PARTS = [
  ["said", 3],
  ["asked", 3],
  ["by_when", 3],
  ["options", 3],
  ["decided", 2],
  ["not_known", 4],
] as const;

export function shownOf<Row>(rows: readonly Row[], room: number): { rows: readonly Row[]; more: number } {
  return { rows: rows.slice(0, room), more: Math.max(0, rows.length - room) };
}

/** Whether a name is a case's; other names are messages. */
export const isCase = (name: string): boolean => /^CASE-\d{4}-\d{4,8}$/i.test(name);
