import { describe, expect, it } from "vitest";
import { isCode, isSeen, nearChanges, type Part, partsOf, slugOf, stepsOf, supervisorsOf, tick, told, unseen } from "./handover.ts";

const TEXT = "HAND-OVER EUCOM EXERCISE 2022-11-20T18:00:00Z watch day\n\nALARMS THAT NOBODY ACCEPTED\n- 17:58 GAP: numbers\n- and 3 more; look at the screen\n\nRECEIPTS OWED\n- none\n\nNOTES\n- THEIR DESK\n- was slow\n";
const part = (lines: string[], title = "Receipts owed"): Part => ({ title, lines, more: 0 });

describe("the form", () => {
  it("is read back into its parts", () =>
    expect(partsOf(TEXT)).toEqual([
      { title: "ALARMS THAT NOBODY ACCEPTED", lines: ["17:58 GAP: numbers"], more: 3 },
      { title: "RECEIPTS OWED", lines: [], more: 0 },
      { title: "NOTES", lines: ["THEIR DESK", "was slow"], more: 0 },
    ]));
  it("names a part alike before and after it was signed", () => expect(slugOf("RECEIPTS OWED")).toBe(slugOf("Receipts owed")));
  it("leaves what the officer writes himself out of what he goes through", () => expect(told(partsOf(TEXT)).map((one) => slugOf(one.title))).toEqual(["alarms-that-nobody-accepted", "receipts-owed"]));
});

describe("what was gone through", () => {
  it("needs no tick where there is nothing", () => expect(isSeen({}, part([]))).toBe(true));
  it("holds while nothing changes, whatever the case of the heading", () => {
    const seen = tick({}, part(["R1 of CONCERN"]), true);
    expect(isSeen(seen, part(["R1 of CONCERN"], "RECEIPTS OWED"))).toBe(true);
    expect(unseen(seen, [part(["R1 of CONCERN"])])).toEqual([]);
  });
  it("is to be gone through again when something came", () => expect(isSeen(tick({}, part(["a"]), true), part(["a", "b"]))).toBe(false));
  it("can be taken back", () => expect(isSeen(tick(tick({}, part(["a"]), true), part(["a"]), false), part(["a"]))).toBe(false));
});

it.each([["1F2e3d4c ", true], ["1f2e3d4", false], ["1f2e3d4d", false], ["", false]])("the characters %j are the form's: %s", (typed, right) => expect(isCode(typed, "1f2e3d4c")).toBe(right));

it("supervisors are pairs, one to a line", () => expect(supervisorsOf("day = a\nnight=b\nnobody")).toEqual([["day", "a"], ["night", "b"]]));

describe("a drill and the change of the watch", () => {
  const at = "2022-11-20T18:00:00Z";
  it.each([
    ["2022-11-20T12:00:00Z", "2022-11-20T13:00:00Z", 0],
    ["2022-11-20T17:00:00Z", "2022-11-20T17:45:00Z", 1],
    ["2022-11-20T17:00:00Z", "2022-11-20T17:30:00Z", 0],
    ["2022-11-20T18:29:00Z", "2022-11-20T19:00:00Z", 1],
    ["2022-11-20T17:00:00Z", "2022-11-20T19:00:00Z", 1],
    ["not yet typed", "2022-11-20T19:00:00Z", 0],
  ])("from %s until %s is near %i", (from, until, count) => expect(nearChanges(from, until, [at, at, null])).toHaveLength(count));
});

it.each([["PLANNED", 2], ["RUNNING", 2], ["STOPPED", 3], ["ENDED", 0], ["CALLED-OFF", 0]])("a drill that is %s has %i steps", (status, count) => expect(stepsOf(status)).toHaveLength(count));
