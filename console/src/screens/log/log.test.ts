import { describe, expect, it, vi } from "vitest";

vi.mock("$lib/api.ts", () => ({ get: () => Promise.reject(new Error("not asked")) }));
vi.mock("../../lib/api.ts", () => ({ get: () => Promise.reject(new Error("not asked")) }));
const { csv, enteredLater, joined, newest, tagsOf } = await import("./log.ts");
const line = (entry: number, more: object = {}) => ({ entry, kind: "log", at: "2026-11-22T14:00:00Z", entered_at: "2026-11-22T14:00:01Z", title: "x", officer: "o", channel: "", cases: [], reference: "", tags: [], about: [], ...more });

describe("the running log", () => {
  it("says what was entered later than it happened", () => {
    expect(enteredLater(line(1))).toBe(false);
    expect(enteredLater(line(1, { entered_at: "2026-11-22T14:30:00Z" }))).toBe(true);
    expect(enteredLater({ at: null, entered_at: null })).toBe(false);
  });
  it("shows each line once when the first page moved on", () => expect(joined([line(3), line(2)], [line(2), line(1)]).map((one) => one.entry)).toEqual([3, 2, 1]));
  it("is in the order of time, whatever fitted best", () =>
    expect(newest([line(1), line(3, { at: "2026-11-22T13:00:00Z" }), line(2)]).map((one) => one.entry)).toEqual([2, 1, 3]));
  it("leaves as a table in which nothing is a formula", () => {
    const text = csv([line(7, { title: '=1+1, "quoted"', tags: ["plant", "grid"] })]);
    expect(text.split("\r\n")[1]).toContain(`"'=1+1, ""quoted"""`);
    expect(text).toContain("plant; grid");
  });
  it("separates tags by commas and lines", () => expect(tagsOf("plant, grid\nplant;  ")).toEqual(["plant", "grid"]));
});
