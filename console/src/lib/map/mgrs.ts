// Places as MGRS references (NGA.STND.0037) on WGS 84: UTM squares from 80 south to 84 north (both included), polar ones beyond.

/** WGS 84: third flattening, radius of the rectifying sphere, first eccentricity. */
const A = 6_378_137;
const F = 1 / 298.257223563;
const N = F / (2 - F);
const E = Math.sqrt(F * (2 - F));
const RAD = Math.PI / 180;
const K0 = 0.9996;
const K0_POLAR = 0.994;

const RECTIFYING = (A / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64 + N ** 6 / 256);

/** Krüger's series to the sixth power of n (Karney 2011, equation 35): a few nanometres within a zone. */
const ALPHA = [
  N / 2 - (2 * N ** 2) / 3 + (5 * N ** 3) / 16 + (41 * N ** 4) / 180 - (127 * N ** 5) / 288 + (7891 * N ** 6) / 37800,
  (13 * N ** 2) / 48 - (3 * N ** 3) / 5 + (557 * N ** 4) / 1440 + (281 * N ** 5) / 630 - (1983433 * N ** 6) / 1935360,
  (61 * N ** 3) / 240 - (103 * N ** 4) / 140 + (15061 * N ** 5) / 26880 + (167603 * N ** 6) / 181440,
  (49561 * N ** 4) / 161280 - (179 * N ** 5) / 168 + (6601661 * N ** 6) / 7257600,
  (34729 * N ** 5) / 80640 - (3418889 * N ** 6) / 1995840,
  (212378941 * N ** 6) / 319334400,
];

const BANDS = "CDEFGHJKLMNPQRSTUVWX";
const COLUMNS = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"];
const ROWS = "ABCDEFGHJKLMNPQRSTUV";

/** Columns of the polar squares, west and east of the meridian of Greenwich; D, E, I, M, N, O, V, W are left out. */
const POLAR_WEST = "JKLPQRSTUXYZ";
const POLAR_EAST = "ABCFGHJKLPQR";
const POLAR_ROWS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

interface Grid {
  zone: number;
  easting: number;
  northing: number;
}

const conformal = (lat: number) => {
  const sin = Math.sin(lat);
  const tau = sin / Math.cos(lat);
  const sigma = Math.sinh(E * Math.atanh(E * sin));
  return tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau);
};

function zoneOf(lat: number, lon: number): number {
  const zone = Math.min(60, Math.floor((lon + 180) / 6) + 1);
  // The west of Norway and Svalbard lie in wider zones.
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;
  if (lat >= 72 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;
  return zone;
}

function utm(lat: number, lon: number): Grid {
  const zone = zoneOf(lat, lon);
  const lambda = (lon - (zone * 6 - 183)) * RAD;
  const tau = conformal(lat * RAD);
  const xi = Math.atan2(tau, Math.cos(lambda));
  const eta = Math.asinh(Math.sin(lambda) / Math.hypot(tau, Math.cos(lambda)));
  let [x, y] = [eta, xi];
  ALPHA.forEach((alpha, i) => {
    const k = 2 * (i + 1);
    y += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
    x += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
  });
  return { zone, easting: 500_000 + K0 * RECTIFYING * x, northing: K0 * RECTIFYING * y + (lat < 0 ? 10_000_000 : 0) };
}

function polar(lat: number, lon: number): Grid {
  const tau = conformal(Math.abs(lat) * RAD);
  const scale = (2 * K0_POLAR * A) / Math.sqrt((1 + E) ** (1 + E) * (1 - E) ** (1 - E));
  const rho = Math.abs(lat) >= 90 ? 0 : scale / (Math.hypot(1, tau) + tau);
  const y = rho * Math.cos(lon * RAD);
  return { zone: 0, easting: 2_000_000 + rho * Math.sin(lon * RAD), northing: 2_000_000 + (lat > 0 ? -y : y) };
}

/** Metres are cut to whole ones and never rounded: the place lies in the square named. A hair below one is on it. */
const whole = (metres: number) => Math.floor(metres + 1e-6);

const letter = (letters: string, at: number) => letters.charAt(at);

/** The reference of the square that holds a place, `36TXT1940363304`, or with blanks `36T XT 19403 63304`. */
export function mgrs(lat: number, lonGiven: number, options: { digits?: number; spaced?: boolean } = {}): string {
  const { digits = 5, spaced = false } = options;
  const lon = ((lonGiven + 180) % 360 + 360) % 360 - 180;
  const [head, square, east, north] = lat < -80 || lat > 84 ? polarSquare(lat, lon) : utmSquare(lat, lon);
  const cut = (metres: number) => String(Math.floor((metres % 100_000) / 10 ** (5 - digits))).padStart(digits, "0");
  const numbers = digits === 0 ? [] : [cut(east), cut(north)];
  return [head, square, ...numbers].join(spaced ? " " : "");
}

function utmSquare(lat: number, lon: number): [string, string, number, number] {
  const { zone, easting, northing } = utm(lat, lon);
  const [east, north] = [whole(easting), whole(northing)];
  const band = letter(BANDS, Math.min(19, Math.floor((lat + 80) / 8)));
  const column = letter(COLUMNS[(zone - 1) % 3] ?? "", Math.floor(east / 100_000) - 1);
  const row = letter(ROWS, (Math.floor(north / 100_000) + (zone % 2 === 0 ? 5 : 0)) % 20);
  return [`${String(zone).padStart(2, "0")}${band}`, column + row, east, north];
}

function polarSquare(lat: number, lon: number): [string, string, number, number] {
  const { easting, northing } = polar(lat, lon);
  const [east, north] = [whole(easting), whole(northing)];
  const right = east >= 2_000_000;
  const head = letter(lat > 0 ? "YZ" : "AB", right ? 1 : 0);
  const column = right
    ? letter(POLAR_EAST, Math.floor(east / 100_000) - 20)
    : letter(POLAR_WEST, Math.floor(east / 100_000) - 8);
  const row = letter(POLAR_ROWS, Math.floor(north / 100_000) - (lat > 0 ? 13 : 8));
  return [head, column + row, east, north];
}
