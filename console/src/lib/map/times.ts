// Reports by time: what a slider of days shows, and how an older report fades.

export const DAY_MS = 86_400_000;

/** Steps of fading: fresh, then paler with age, never gone: an old report is still a report. */
export const FADES = [1, 0.8, 0.62, 0.48, 0.36] as const;

export interface Timed {
  from: number;
  until: number;
}

/** The UTC days that reports cover, as the slider has them: the first instant of each day, from the first to the last. */
export function daysOf(reports: readonly Timed[], now: number): { first: number; count: number } {
  let [low, high] = [Infinity, -Infinity];
  for (const one of reports) {
    low = Math.min(low, one.from);
    high = Math.max(high, Math.min(one.until, now));
  }
  if (!Number.isFinite(low)) low = high = now;
  const first = Math.floor(low / DAY_MS) * DAY_MS;
  return { first, count: Math.max(1, Math.floor((Math.max(low, high) - first) / DAY_MS) + 1) };
}

/** A byte a report: whether it tells of something between two instants, the second not included. */
export function during(reports: readonly Timed[], since: number, until: number): Uint8Array {
  const kept = new Uint8Array(reports.length);
  reports.forEach((one, i) => {
    kept[i] = one.from < until && one.until >= since ? 1 : 0;
  });
  return kept;
}

/** Which step of fading a report has, seen from an instant, over a length of time. */
export function fade(report: Timed, at: number, over: number): number {
  const age = Math.max(0, at - report.until);
  return Math.min(FADES.length - 1, Math.floor((age / Math.max(1, over)) * FADES.length));
}
