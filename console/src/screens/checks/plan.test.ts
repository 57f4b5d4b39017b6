import { describe, expect, it } from "vitest";
import { formOfPlan, givenOf } from "./plan.ts";

const NOW = Date.parse("2022-11-20T09:00:00Z");

describe("a plan of checks", () => {
  it("begins as two calls a day, ours, in words of minutes", () => {
    const given = givenOf({ ...formOfPlan(undefined), channel: "eucom-ndmc", reason: "agreed", languages: "ru" }, NOW);
    expect(given).toMatchObject({ channel: "eucom-ndmc", times: ["09:00", "17:00"], rule: "EVERY-DAY", turns: "OURS", answer_s: 900, late_s: 3600, languages: ["ru"], with_text: true, automatic: false });
    expect(given).not.toHaveProperty("every_min");
    expect(given).not.toHaveProperty("on");
    expect(given).not.toHaveProperty("first");
  });
  it("counts by minutes when they are given, on the days that are ticked, holidays with their names", () => {
    const form = { ...formOfPlan(undefined), every_min: "60", on: ["FRI", "MON"], turns: "ALTERNATING", ourHolidays: [{ day: "2026-12-25", name: "Christmas Day" }] };
    expect(givenOf(form, NOW)).toMatchObject({ every_min: 60, on: ["MON", "FRI"], first: "OURS", ours: { weekdays: ["MON", "TUE", "WED", "THU", "FRI"], holidays: [["2026-12-25", "Christmas Day"]] } });
    expect(givenOf(form, NOW)).not.toHaveProperty("times");
  });
  it("leaves to the node what is no number", () => expect(givenOf({ ...formOfPlan(undefined), answer: "soon" }, NOW)["answer_s"]).toBe("soon"));
});
