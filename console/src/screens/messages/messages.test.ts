import { describe, expect, it } from "vitest";
import { nameOf, nextDue, reached, toneOf, type Summary } from "./messages.ts";

const row = (given: Partial<Summary>): Summary => ({ direction: "out", number: 1, receipts: {}, due: {}, overdue: [], ...given }) as Summary;

describe("a message in a list", () => {
  it("is named by its way and number", () => expect(nameOf(row({ direction: "in", number: 4 }))).toBe("in:4"));
  it("has reached nothing until a receipt is in", () => expect(reached(row({}))).toBeUndefined());
  it("has reached its highest receipt, whatever is missing below", () => expect(reached(row({ receipts: { R0: {}, R2: {} } }))).toBe("R2"));
  it("names the receipt that is due first", () =>
    expect(nextDue(row({ due: { R2: "2026-01-01T00:10:00Z", R1: "2026-01-01T00:05:00Z", R4: null } }))).toEqual({ level: "R1", at: "2026-01-01T00:05:00Z" }));
  it("is late before it is new", () => expect(toneOf(row({ direction: "in", overdue: ["R1"] }))).toBe("late"));
  it("is new while nobody here read it", () => {
    expect(toneOf(row({ direction: "in" }))).toBe("new");
    expect(toneOf(row({ direction: "in", receipts: { R0: {}, R1: {} } }))).toBe("");
  });
});
