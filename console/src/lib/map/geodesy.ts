// Distances on the ellipsoid WGS 84. The map is drawn in Mercator, where a centimetre means more metres in the south
// than in the north, so no distance is ever taken from the screen.

/** WGS 84 (NGA.STND.0036): equatorial radius and flattening. */
const A = 6_378_137;
const F = 1 / 298.257223563;
const B = A * (1 - F);
const RAD = Math.PI / 180;

/** Radius of the sphere of EPSG:3857, and half the side of its square world. */
export const WORLD_HALF_M = Math.PI * A;

/** Vincenty's formula settles within ten turns but between places nearly opposite one another. */
const TURNS_MAX = 200;

export interface Place {
  lat: number;
  lon: number;
}

export interface Way {
  /** Metres of the shortest way. */
  metres: number;
  /** Degrees clockwise from north at the start, 0 to 360. */
  azimuth: number;
  /** False between places nearly opposite one another, where the answer is that of a sphere (within 0.6 %). */
  exact: boolean;
}

const degrees = (angle: number) => ((angle / RAD) % 360 + 360) % 360;

/** The shortest way from one place to another: Vincenty 1975, inverse problem, half a millimetre. */
export function inverse(from: Place, to: Place): Way {
  const L = (((to.lon - from.lon + 540) % 360 + 360) % 360 - 180) * RAD;
  const u1 = Math.atan((1 - F) * Math.tan(from.lat * RAD));
  const u2 = Math.atan((1 - F) * Math.tan(to.lat * RAD));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = L;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    const [sl, cl] = [Math.sin(lambda), Math.cos(lambda)];
    const sinSigma = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl);
    if (sinSigma === 0) {
      if (s1 * s2 + c1 * c2 * cl > 0) return { metres: 0, azimuth: 0, exact: true };
      break;
    }
    const cosSigma = s1 * s2 + c1 * c2 * cl;
    const sigma = Math.atan2(sinSigma, cosSigma);
    const sinAlpha = (c1 * c2 * sl) / sinSigma;
    const cos2Alpha = 1 - sinAlpha * sinAlpha;
    // Along the equator there is no midpoint to measure from.
    const cos2m = cos2Alpha < 1e-15 ? 0 : cosSigma - (2 * s1 * s2) / cos2Alpha;
    const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
    const before = lambda;
    lambda = L + (1 - C) * F * sinAlpha * (sigma + C * sinSigma * (cos2m + C * cosSigma * (-1 + 2 * cos2m * cos2m)));
    if (Math.abs(lambda) > Math.PI) break;
    if (Math.abs(lambda - before) < 1e-13) {
      const u = (cos2Alpha * (A * A - B * B)) / (B * B);
      const [a, b] = series(u);
      return {
        metres: B * a * (sigma - deltaSigma(b, sinSigma, cosSigma, cos2m)),
        azimuth: degrees(Math.atan2(c2 * sl, c1 * s2 - s1 * c2 * cl)),
        exact: true,
      };
    }
  }
  return spherical(from, to);
}

function series(u: number): [number, number] {
  return [1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u))), (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)))];
}

function deltaSigma(b: number, sin: number, cos: number, cos2m: number): number {
  const inner = cos * (-1 + 2 * cos2m * cos2m) - (b / 6) * cos2m * (-3 + 4 * sin * sin) * (-3 + 4 * cos2m * cos2m);
  return b * sin * (cos2m + (b / 4) * inner);
}

function spherical(from: Place, to: Place): Way {
  const [p1, p2, l] = [from.lat * RAD, to.lat * RAD, (to.lon - from.lon) * RAD];
  const y = Math.hypot(Math.cos(p2) * Math.sin(l), Math.cos(p1) * Math.sin(p2) - Math.sin(p1) * Math.cos(p2) * Math.cos(l));
  const x = Math.sin(p1) * Math.sin(p2) + Math.cos(p1) * Math.cos(p2) * Math.cos(l);
  const azimuth = Math.atan2(Math.sin(l) * Math.cos(p2), Math.cos(p1) * Math.sin(p2) - Math.sin(p1) * Math.cos(p2) * Math.cos(l));
  return { metres: ((2 * A + B) / 3) * Math.atan2(y, x), azimuth: degrees(azimuth), exact: false };
}

/** Where one comes to from a place by an azimuth and a distance: Vincenty 1975, direct problem. */
export function direct(from: Place, azimuth: number, metres: number): Place {
  const [sa, ca] = [Math.sin(azimuth * RAD), Math.cos(azimuth * RAD)];
  const tanU = (1 - F) * Math.tan(from.lat * RAD);
  const cosU = 1 / Math.hypot(1, tanU);
  const sinU = tanU * cosU;
  const sinAlpha = cosU * sa;
  const cos2Alpha = 1 - sinAlpha * sinAlpha;
  const [a, b] = series((cos2Alpha * (A * A - B * B)) / (B * B));
  const start = Math.atan2(tanU, ca);
  const flat = metres / (B * a);
  let sigma = flat;
  let cos2m = 0;
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    cos2m = Math.cos(2 * start + sigma);
    const next = flat + deltaSigma(b, Math.sin(sigma), Math.cos(sigma), cos2m);
    const settled = Math.abs(next - sigma) < 1e-13;
    sigma = next;
    if (settled) break;
  }
  const [ss, cs] = [Math.sin(sigma), Math.cos(sigma)];
  const x = sinU * ss - cosU * cs * ca;
  const lat = Math.atan2(sinU * cs + cosU * ss * ca, (1 - F) * Math.hypot(sinAlpha, x));
  const lambda = Math.atan2(ss * sa, cosU * cs - sinU * ss * ca);
  const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
  const turn = lambda - (1 - C) * F * sinAlpha * (sigma + C * ss * (cos2m + C * cs * (-1 + 2 * cos2m * cos2m)));
  return { lat: lat / RAD, lon: ((from.lon + turn / RAD + 540) % 360 + 360) % 360 - 180 };
}

/** The places at one distance all around, closed; longitudes go on beyond 180 where the circle does. */
export function circle(centre: Place, metres: number, points = 72): Place[] {
  const found: Place[] = [];
  let before = centre.lon;
  for (let i = 0; i <= points; i += 1) {
    const at = direct(centre, ((i % points) * 360) / points, metres);
    const lon = at.lon + Math.round((before - at.lon) / 360) * 360;
    found.push({ lat: at.lat, lon });
    before = lon;
  }
  return found;
}

/** Degrees to the unit square of the Mercator world: x grows eastward and y southward. */
export function toWorld(lat: number, lon: number): [number, number] {
  const bounded = Math.max(-85.0511287798, Math.min(85.0511287798, lat));
  return [(lon + 180) / 360, 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * RAD) / 2)) / (2 * Math.PI)];
}

export function fromWorld(x: number, y: number): Place {
  return { lat: (2 * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - Math.PI / 2) / RAD, lon: ((x * 360) % 360 + 360) % 360 - 180 };
}

/** How much longer a metre is drawn at a latitude than at the equator. */
export const stretch = (lat: number) => 1 / Math.cos(Math.max(-85.05, Math.min(85.05, lat)) * RAD);

/** The sixteen points of the compass. */
const COMPASS = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"] as const;

/** The point of the compass nearest to an azimuth. */
export const compass = (azimuth: number) => COMPASS[Math.round(azimuth / 22.5) % 16] ?? "N";

/** Metres as a person says them: whole metres to 1,000, then kilometres with one decimal, whole ones from 100. */
export function spokenDistance(metres: number, locale: string): string {
  const of = (value: number, unit: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
  if (metres < 999.5) return of(Math.round(metres), "meter", 0);
  return metres < 99_950 ? of(metres / 1000, "kilometer", 1) : of(metres / 1000, "kilometer", 0);
}

/** A way as a person says it; one that is not exact says so by its sign. */
export const spokenWay = (way: Pick<Way, "metres" | "exact">, locale: string) => `${way.exact ? "" : "≈ "}${spokenDistance(way.metres, locale)}`;

/** `47.5122N 34.5858E`, as the desk writes degrees. */
export function degreesText(place: Place, decimals = 5): string {
  const [lat, lon] = [place.lat.toFixed(decimals), place.lon.toFixed(decimals)];
  const [south, west] = [Number(lat) < 0, Number(lon) < 0];
  return `${lat.replace("-", "")}${south ? "S" : "N"} ${lon.replace("-", "")}${west ? "W" : "E"}`;
}
