import { describe, expect, it } from "vitest";
import { isCase, PARTS, ROOM, shownOf } from "./brief.ts";

describe("one page", () => {
  it("counts what does not fit", () => expect(shownOf([1, 2, 3, 4], 3)).toEqual({ rows: [1, 2, 3], more: 1 }));
  it("counts nothing where all fits", () => expect(shownOf([1], 3).more).toBe(0));
  it("has room in every part", () => expect(Math.min(...Object.values(ROOM), ...PARTS.map(([, room]) => room))).toBeGreaterThan(0));
  it("ends a card with what is not known", () => expect(PARTS.at(-1)?.[0]).toBe("not_known"));
});

it.each([["CASE-2023-000001", true], ["case-2023-000001", true], ["8e54482ab371", false]])("%s is a case: %s", (name, yes) => expect(isCase(name)).toBe(yes));
