import { describe, expect, test } from "vitest";
import { circle, compass, degreesText, direct, fromWorld, inverse, spokenDistance, toWorld } from "./geodesy.ts";

// Made by geographiclib 2 (Karney 2013): from, to, metres, azimuth at the start.
const INVERSE: [number, number, number, number, number, number][] = [
  [47.5122, 34.5858, 47.84, 35.14, 55318.5967, 48.584135],
  [0, 0, 0, 90, 10018754.1714, 90.0],
  [0, 0, 0.5, 179.3, 19924989.8889, 35.290447],
  [-30, 10, 30.01, -170.02, 20002786.806, 2.145812],
  [50, -5, 50, -5, 0.0, 180.0],
  [89, 10, 89, -170, 223387.7298, 0.0],
  [46.7772, 33.3703, 46.77721, 33.37031, 1.3487, 34.489129],
  [10, 179.9, 10.1, -179.9, 24556.5797, 63.211853],
  [-90, 0, 90, 0, 20003931.4586, 0.0],
  [0, 0, 0, 180, 20003931.4586, 0.0],
  [22.66672, -12.14985, 31.91209, -53.07229, 4152785.2695, 293.329852],
  [36.83714, 85.69234, -85.05152, -158.19235, 14308767.6247, 174.279079],
  [31.33162, 166.79001, -44.30023, -15.72763, 18548186.7616, 172.220569],
  [16.49559, -64.79086, -24.21599, -67.43856, 4512878.5088, 183.720496],
  [-23.29059, 34.42374, -35.52809, -44.22228, 7558481.7951, 239.512623],
  [48.46467, -170.30837, 12.32792, 84.66235, 10070955.333, 289.458702],
  [-33.81703, -99.88638, 54.07777, -94.06974, 9754049.563, 3.427186],
  [-55.64381, -23.31564, 35.25582, -143.33699, 15000177.4498, 268.852977],
  [-31.69005, -59.84869, 59.36992, -22.16494, 10672668.1423, 18.33867],
  [63.28526, -119.05768, -29.06558, 54.08366, 16168593.122, 10.563312],
  [68.51189, -17.60321, -48.94504, -136.46904, 16090227.4119, 272.040601],
  [5.27372, -111.31063, 54.60635, 121.8515, 11764069.9273, 331.190549],
  [-56.32164, -79.70683, 54.6863, 51.09741, 16966023.1209, 72.632431],
  [54.5139, -55.69819, -65.91533, -74.90056, 13454973.3596, 189.065996],
  [52.30742, -82.37718, -27.34894, -29.91395, 10190640.0075, 135.054786],
  [-14.28073, -32.57204, 74.869, -123.84077, 11563237.4951, 344.342663],
  [-88.1702, 159.57642, 67.63613, 175.28892, 17309987.6828, 14.602724],
  [-11.68529, 162.05802, 76.07314, -100.04733, 11468462.8451, 14.218501],
  [43.7031, 121.21152, 29.01172, 6.84539, 9553880.3088, 307.042634],
  [-37.55055, -57.21526, -48.51099, -155.49566, 7537132.0492, 225.167053],
  [15.78463, -76.67598, 55.21415, -163.77235, 8398113.8239, 323.8636],
  [71.84245, 69.73402, 75.44615, 142.76418, 2178791.1524, 46.024293],
  [71.14212, 27.70323, -86.66028, 88.30738, 17693223.0456, 171.737149],
  [-58.41576, -72.0403, 28.99551, 8.98709, 12208838.024, 66.968641],
  [-15.35242, 158.05529, 19.96518, -57.11304, 16274052.9334, 76.923126],
];

// From, azimuth, metres, to.
const DIRECT: [number, number, number, number, number, number][] = [
  [47.5122, 34.5858, 33, 30000, 47.738288314, 34.803649523],
  [0, 0, 90, 10000, 0.0, 0.089831528],
  [89.5, 0, 180, 100000, 88.604693937, 0.0],
  [10, 179.95, 90, 20000, 9.999950017, -179.867583784],
  [-60, -170, 271, 500000, -59.620160641, -178.884402618],
];

describe("the shortest way", () => {
  test.each(INVERSE)("from %f %f to %f %f", (lat1, lon1, lat2, lon2, metres, azimuth) => {
    const found = inverse({ lat: lat1, lon: lon1 }, { lat: lat2, lon: lon2 });
    if (!found.exact) {
      // Only nearly opposite places are left to a sphere, and they say so.
      expect(metres).toBeGreaterThan(19_800_000);
      expect(Math.abs(found.metres - metres) / metres).toBeLessThan(0.006);
      return;
    }
    expect(Math.abs(found.metres - metres)).toBeLessThan(0.001);
    if (metres > 1) expect(Math.abs(((found.azimuth - azimuth + 540) % 360) - 180)).toBeLessThan(1e-4);
  });

  test("all but nearly opposite places are measured on the ellipsoid", () => {
    const opposite = INVERSE.filter(([a, b, c, d]) => !inverse({ lat: a, lon: b }, { lat: c, lon: d }).exact);
    expect(opposite.length).toBeLessThanOrEqual(3);
  });
});

test.each(DIRECT)("from %f %f by %f for %f m", (lat, lon, azimuth, metres, lat2, lon2) => {
  const found = direct({ lat, lon }, azimuth, metres);
  expect(found.lat).toBeCloseTo(lat2, 7);
  expect(Math.abs(((found.lon - lon2 + 540) % 360) - 180)).toBeLessThan(1e-6);
});

test("each point of a circle lies at its distance, over the antimeridian too", () => {
  const centre = { lat: 66, lon: 179.9 };
  const ring = circle(centre, 30_000);
  for (const at of ring) expect(Math.abs(inverse(centre, at).metres - 30_000)).toBeLessThan(0.01);
  expect(ring.some((at) => at.lon > 180)).toBe(true);
  expect(ring[0]?.lon).toBeCloseTo(ring.at(-1)?.lon ?? 0, 9);
});

test("the Mercator world goes there and back", () => {
  const [x, y] = toWorld(47.5122, 34.5858);
  const back = fromWorld(x, y);
  expect(back.lat).toBeCloseTo(47.5122, 9);
  expect(back.lon).toBeCloseTo(34.5858, 9);
  expect(toWorld(0, 0)).toEqual([0.5, 0.5]);
  expect(fromWorld(1.25, 0.5).lon).toBeCloseTo(-90, 9);
});

test("distances, directions and degrees are said as the desk says them", () => {
  expect(spokenDistance(820.4, "en")).toBe("820 m");
  expect(spokenDistance(4_940, "en")).toBe("4.9 km");
  expect(spokenDistance(123_456, "uk")).toContain("123");
  expect([compass(0), compass(359), compass(135), compass(22.5)]).toEqual(["N", "N", "SE", "NNE"]);
  expect(degreesText({ lat: 47.5122, lon: 34.5858 }, 4)).toBe("47.5122N 34.5858E");
  expect(degreesText({ lat: -0.1, lon: -34.5 }, 1)).toBe("0.1S 34.5W");
  expect(degreesText({ lat: 1, lon: -0.000001 }, 4)).toBe("1.0000N 0.0000E");
});
