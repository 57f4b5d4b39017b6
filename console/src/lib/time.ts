/**
 * Instants as people read them: UTC first, then a local clock that is named. Nothing here asks what time it is: the
 * node's clock is live.now().
 */

const parts = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let found = parts.get(zone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    parts.set(zone, found);
  }
  return found;
}

export interface Clock {
  date: string;
  time: string;
  seconds: string;
}

/** Return date (2022-11-20), time (14:05) and seconds of an instant in a zone. */
export function at(iso: string | number | Date, zone = "UTC"): Clock {
  const found: Record<string, string> = {};
  const instant = iso instanceof Date ? iso : new Date(iso);
  if (Number.isNaN(instant.getTime())) return { date: "?", time: "?", seconds: "" };
  let shown: Intl.DateTimeFormat;
  try {
    shown = format(zone);
  } catch {
    shown = format("UTC");
  }
  for (const { type, value } of shown.formatToParts(instant)) found[type] = value;
  return { date: `${found["year"]}-${found["month"]}-${found["day"]}`, time: `${found["hour"]}:${found["minute"]}`, seconds: found["second"] ?? "" };
}

/** "14:05Z" or "14:05:09Z". */
export function utc(iso: string | number | Date, seconds = false): string {
  const { time, seconds: s } = at(iso);
  return seconds ? `${time}:${s}Z` : `${time}Z`;
}

/** "2022-11-20 14:05Z (16:05 Europe/Kyiv)"; the local date is added when it is another one. */
export function both(iso: string | number | Date, zone: string, options: { date?: boolean; seconds?: boolean } = {}): string {
  const here = at(iso);
  const there = at(iso, zone);
  const shown = (one: Clock) => (options.seconds ? `${one.time}:${one.seconds}` : one.time);
  const head = options.date === false ? `${shown(here)}Z` : `${here.date} ${shown(here)}Z`;
  if (zone === "UTC") return head;
  return `${head} (${here.date === there.date ? "" : `${there.date} `}${shown(there)} ${zone.replace(/^.*\//, "").replaceAll("_", " ")})`;
}

/** Whole seconds from `now` to an instant; negative when it has passed. */
export function secondsUntil(iso: string, now: number): number {
  return Math.round((Date.parse(iso) - now) / 1000);
}

/** "2 d 3 h", "3 h 05 min", "4 min 09 s", "12 s": a length of time without words to translate. */
export function span(seconds: number): string {
  const s = Math.abs(Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  if (s >= 86_400) return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
  if (s >= 3600) return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
  if (s >= 60) return `${Math.floor(s / 60)} min ${two(s % 60)} s`;
  return `${s} s`;
}
