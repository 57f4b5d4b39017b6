/** What officers type: instants by the UTC clock in the ways that people write them, lists one to a line. */

/**
 * Return an instant as the API takes it: `14:05` is today, `2022-11-20 14:05` and `2022-11-20T14:05Z` are UTC, a day
 * alone begins at midnight. What is nothing of that goes as typed, so that the node says what is wrong with it.
 */
export function instantOf(text: string, now: number): string | undefined {
  const typed = text.trim();
  if (!typed) return undefined;
  const clock = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*Z?$/i.exec(typed);
  if (clock) return `${new Date(now).toISOString().slice(0, 10)}T${(clock[1] ?? "").padStart(2, "0")}:${clock[2]}:${clock[3] ?? "00"}Z`;
  const whole = /^(\d{4}-\d{2}-\d{2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?\s*Z?)?$/i.exec(typed);
  if (!whole) return typed;
  return `${whole[1]}T${(whole[2] ?? "00").padStart(2, "0")}:${whole[3] ?? "00"}:${whole[4] ?? "00"}Z`;
}

/** Return the instant of the node's clock as a field shows it, to the minute. */
export function typedInstant(now: number): string {
  return new Date(now).toISOString().slice(0, 16).replace("T", " ");
}

/** Return the texts of a field that holds one to a line. */
export function linesOf(text: string): string[] {
  return text.split("\n").map((one) => one.trim()).filter(Boolean);
}

/** Leave out what was not filled in: the API takes a missing value for "not known". */
export function filled<T extends Record<string, unknown>>(values: T): Partial<T> {
  const kept = Object.entries(values).filter(([, value]) => value !== undefined && value !== "" && value !== null && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(kept) as Partial<T>;
}
