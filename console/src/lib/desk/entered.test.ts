import { describe, expect, it } from "vitest";
import { filled, instantOf, linesOf, typedInstant } from "./entered.ts";

const NOW = Date.parse("2022-11-20T09:07:41Z");

describe("what officers type", () => {
  it.each([
    ["14:05", "2022-11-20T14:05:00Z"],
    ["9:05z", "2022-11-20T09:05:00Z"],
    ["2022-11-15", "2022-11-15T00:00:00Z"],
    ["2022-11-15 19:30", "2022-11-15T19:30:00Z"],
    ["2022-11-15T19:30:12Z", "2022-11-15T19:30:12Z"],
    ["2022-11-15T19:30:12.5Z", "2022-11-15T19:30:12.5Z"],
  ])("%s is %s", (typed, meant) => expect(instantOf(typed, NOW)).toBe(meant));

  it("leaves to the node what it cannot read, and asks for nothing where nothing stands", () => {
    expect(instantOf("yesterday", NOW)).toBe("yesterday");
    expect(instantOf("2022-11-15 19:30+03:00", NOW)).toBe("2022-11-15 19:30+03:00");
    expect(instantOf("  ", NOW)).toBeUndefined();
  });

  it("reads back what it shows", () => expect(instantOf(typedInstant(NOW), NOW)).toBe("2022-11-20T09:07:00Z"));

  it("holds one text to a line and leaves out what is empty", () => {
    expect(linesOf(" a \n\n b")).toEqual(["a", "b"]);
    expect(filled({ a: "", b: [], c: undefined, d: false, e: 0, f: "x" })).toEqual({ d: false, e: 0, f: "x" });
  });
});
