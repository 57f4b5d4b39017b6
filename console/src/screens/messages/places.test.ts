import { describe, expect, it } from "vitest";
import { degreesOf, placeOf } from "./places.ts";

describe("a place in a message", () => {
  it("is read as the node writes it", () => expect(degreesOf({ degrees: "47.5122N 34.5858E" })).toEqual({ lat: 47.5122, lon: 34.5858 }));
  it("keeps its hemisphere", () => expect(degreesOf("1S 70.25W")).toEqual({ lat: -1, lon: -70.25 }));
  it.each(["", "47.5 34.5", "91N 0E", "0N 181E", null, 7, { degrees: "x" }])("%j is none", (text) => expect(degreesOf(text)).toBeUndefined());
  it("is the first one among the fields", () =>
    expect(placeOf({ form: "CONCERN", place: { degrees: "1N 2E", mgrs: "31NAA", precision_m: 12 } })).toMatchObject({ lat: 1, lon: 2, precision_m: 12 }));
  it("is nowhere when no field has one", () => expect(placeOf({ form: "TEST" })).toBeUndefined());
});
