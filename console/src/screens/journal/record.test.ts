import { describe, expect, it } from "vitest";
import { actsOf, lastPage, rowsOf, textOf } from "./record.ts";

describe("an entry's record", () => {
  it("names the fields of its kind and of every record, and leaves out none", () => {
    const { own, common } = rowsOf("report", { "2": 1795357511419912, "3": "EUCOM", "20": "firms-1", "23": [474820940, 346115800, 0], "44": 9 });
    expect(own.map((one) => [one.name, one.number])).toEqual([["report-id", 20], ["place", 23], ["44", 44]]);
    expect(own[1]?.text).toMatch(/^47\.48209 34\.61158 \(36T[A-Z]{2}\d{10}\) ± 0 m$/);
    expect(common[0]).toMatchObject({ name: "stated-at", iso: "2026-11-22T14:25:11.419Z" });
  });

  it("reads a message by its form, whichever way it went", () => {
    for (const kind of ["message-out", "message-in"]) {
      const { own } = rowsOf(kind, { "20": "STOP", "22": 3, "100": "OTHER" });
      expect(own.map((one) => one.name)).toEqual(["form", "precedence", "stop-reason"]);
    }
  });

  it("takes a number for a number and an instant for an instant", () => {
    expect(textOf(999_999)).toBe("999999");
    expect(textOf([1661212800000000, 1661299199999999])).toBe("2022-08-23T00:00:00.000Z; 2022-08-23T23:59:59.999Z");
    expect(textOf(null)).toBe("-");
    expect(textOf([])).toBe("-");
    expect(textOf({ a: { b: 1 } })).toBe("a: b: 1");
  });

  it("does not fall over what is nested too deeply or is no place", () => {
    let deep: unknown = 1;
    for (let at = 0; at < 40; at++) deep = [deep];
    expect(textOf(deep as never)).toContain("[[");
    expect(textOf([9e9, 9e9, 1], true)).toBe("9000000000; 9000000000; 1");
  });

  it("tells who signed, and passes over what is no act", () => {
    expect(actsOf([[1, "release", "releasing-officer", "eucom-release-1", "ab", []], "x", [1]])).toEqual([
      { kind: 1, act: "release", role: "releasing-officer", officer: "eucom-release-1", key: "ab" },
    ]);
  });

  it.each([[0, 0], [1, 0], [200, 0], [201, 200], [600, 400]])("the last page of %i entries begins at %i", (size, start) => {
    expect(lastPage(size, 200)).toBe(start);
  });
});
