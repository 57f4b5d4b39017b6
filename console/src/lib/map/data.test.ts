import { expect, test } from "vitest";
import { facilitiesOf, featureOf, reportsOf } from "../../screens/map/load.ts";
import { areaOf, placeOf } from "./data.ts";
import { clipped } from "./pen.ts";
import { categoryOf, holdsDangerousForces, leading } from "./symbols.ts";

test("places are read as the desk writes them, and as nothing else", () => {
  expect(placeOf("47.5122N 34.5858E")).toEqual({ lat: 47.5122, lon: 34.5858 });
  expect(placeOf("7S 120.5W")).toEqual({ lat: -7, lon: -120.5 });
  expect(placeOf("36TXT1940363304")).toBeUndefined();
});

test("zones of windows are read in their three forms", () => {
  expect(areaOf(["CIRCLE", [475000000, 345000000, 0], 5000])).toEqual({ shape: "CIRCLE", lat: 47.5, lon: 34.5, radius_m: 5000 });
  expect(areaOf(["POLYGON", [[10, 20, 0], [30, 40, 0], [50, 60, 0]]])?.shape).toBe("POLYGON");
  expect(areaOf(["ROUTE", [[0, 0, 0], [10000000, 0, 0]], 500])).toEqual({ shape: "ROUTE", points: [[0, 0], [1, 0]], width_m: 500 });
  for (const bad of [null, [], ["CIRCLE"], ["POLYGON", 7], ["ROUTE", [[1, 2, 3]], 1]]) expect(areaOf(bad)).toBeUndefined();
});

test("columns become facilities, each with its own", () => {
  const found = facilitiesOf({
    kinds: ["DAM", "SUBSTATION"], signs: ["NOT-KNOWN"], rings_m: [[1000], [5000, 10000]],
    id: ["a", "b"], name: ["A", "B"], kind: [1, 0], lat_e7: [475000000, -10000000], lon_e7: [345000000, 0], radius_m: [0, 200], rings: [1, 0], sign: [0, 0],
    also: [[0, "А"]], needs: [[0, "b", "OFF-SITE-POWER"]], outlines: [{ facility: 1, kind: "POLYGON", parts: [[[10000000, 20000000]]] }],
  });
  expect(found[0]).toMatchObject({ id: "a", also: ["А"], kind: "SUBSTATION", lat: 47.5, rings_m: [5000, 10000], needs: [{ on: "b", kind: "OFF-SITE-POWER" }] });
  expect(found[1]).toMatchObject({ id: "b", kind: "DAM", lat: -1, outline: { area: true, parts: [[[1, 2]]] } });
});

test("columns become reports", () => {
  const [one] = reportsOf({
    kinds: ["EVENT", "DENIAL"], whats: ["SHELLING"], more: false, id: ["r"], kind: [1], what: [0], title: ["x"], lat_e7: [1e7], lon_e7: [2e7], uncertainty_m: [50], from_ms: [1], until_ms: [2],
  });
  expect(one).toEqual({ id: "r", kind: "DENIAL", what: "SHELLING", label: "x", lat: 1, lon: 2, uncertainty_m: 50, from: 1, until: 2 });
});

test("GeoJSON says longitude first, the map latitude first", () => {
  const of = (type: string, coordinates: unknown) => featureOf({ properties: { name: "n" }, geometry: { type, coordinates } })[0];
  expect(of("Point", [30, 50])?.point).toEqual([50, 30]);
  expect(of("LineString", [[30, 50], [31, 51]])?.lines).toEqual([[[50, 30], [51, 31]]]);
  expect(of("MultiPolygon", [[[[30, 50], [31, 51]]]])).toMatchObject({ area: true, lines: [[[50, 30], [51, 31]]] });
  expect(of("GeometryCollection", [])).toBeUndefined();
});

test("marks by kind, and the sign of dangerous forces where Article 56 has it", () => {
  expect([categoryOf("NUCLEAR-POWER-PLANT"), categoryOf("PORT"), categoryOf("SOMETHING-NEW")]).toEqual(["nuclear", "port", "other"]);
  expect(["NUCLEAR-POWER-PLANT", "DAM", "DYKE", "HYDRO-POWER-PLANT", "HOSPITAL", "THERMAL-POWER-PLANT"].map(holdsDangerousForces)).toEqual([true, true, true, true, false, false]);
  expect(leading(["port", "dam", "other"])).toBe("dam");
});

test("a line that runs far out of the window is drawn in the window alone", () => {
  expect(clipped([-1000, 50], [1000, 50], 100, 100, 0)).toEqual([[0, 50], [100, 50]]);
  expect(clipped([10, 10], [20, 20], 100, 100, 0)).toEqual([[10, 10], [20, 20]]);
  expect(clipped([-50, -50], [-10, 200], 100, 100, 0)).toBeUndefined();
  expect(clipped([5, -50], [5, -10], 100, 100, 0)).toBeUndefined();
});
