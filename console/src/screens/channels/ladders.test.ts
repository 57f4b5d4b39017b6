import { describe, expect, it } from "vitest";
import { answersOf, isOpen, mayUse, needs, waitOf } from "./ladders.ts";

describe("a run up a ladder", () => {
  it("asks what a use says, and for approval where the channel wants it", () => {
    expect([...needs("USE", [])]).toEqual(["says"]);
    expect([...needs("USE", ["the Chairman"])]).toEqual(["says", "approved_by"]);
    expect([...needs("WAIT", [])]).toEqual(["until"]);
    expect([...needs("SKIP", ["the Chairman"])]).toEqual([]);
  });
  it("offers what may follow where the run stands", () => {
    expect(answersOf({ status: "TRYING", proposed: null })).toEqual(["USE", "ANSWERED", "STOP"]);
    expect(answersOf({ status: "PROPOSED", proposed: "NONE-LEFT" })).toEqual(["WAIT", "SKIP", "ANSWERED", "STOP"]);
    expect(answersOf({ status: "STOPPED", proposed: null })).toEqual([]);
  });
  it("uses nothing where no rung is left or the run is over", () => {
    expect(mayUse({ status: "PROPOSED", proposed: "secdef-mod" })).toBe(true);
    expect(mayUse({ status: "PROPOSED", proposed: "NONE-LEFT" })).toBe(false);
    expect(mayUse({ status: "STOPPED", proposed: null })).toBe(false);
    expect(isOpen("ANSWERED")).toBe(false);
  });
  it.each([["30", 1800], ["1,5", 90], ["", undefined], ["soon", undefined], ["-1", undefined]])("%s minutes", (typed, seconds) => expect(waitOf(typed)).toBe(seconds));
});
