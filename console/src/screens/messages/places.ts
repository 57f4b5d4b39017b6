/** Places in a message's fields, as the node writes them: {degrees: "47.5122N 34.5858E", mgrs, precision_m}. */

export interface SentPlace {
  lat: number;
  lon: number;
  degrees: string;
  mgrs: string | undefined;
  precision_m: number | undefined;
}

/** Read "47.5122N 34.5858E"; undefined for anything else. */
export function degreesOf(said: unknown): { lat: number; lon: number } | undefined {
  const text = typeof said === "string" ? said : typeof said === "object" && said !== null && "degrees" in said ? String(said.degrees) : "";
  const found = /^\s*(\d{1,2}(?:\.\d+)?)\s*([NS])[ ,]+(\d{1,3}(?:\.\d+)?)\s*([EW])\s*$/.exec(text);
  if (!found) return undefined;
  const lat = Number(found[1]) * (found[2] === "S" ? -1 : 1);
  const lon = Number(found[3]) * (found[4] === "W" ? -1 : 1);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined;
}

export function placeOf(fields: Record<string, unknown>): SentPlace | undefined {
  for (const one of Object.values(fields)) {
    if (typeof one !== "object" || one === null || !("degrees" in one)) continue;
    const where = degreesOf(one);
    if (!where) continue;
    const { degrees, mgrs, precision_m } = one as { degrees: string; mgrs?: string; precision_m?: number };
    return { ...where, degrees, mgrs, precision_m };
  }
  return undefined;
}
