import { describe, expect, it } from "vitest";
import { documentOf, emptyFields, fieldsOf, positionRows, sideBySide } from "./facilities.ts";
import { optionsOf } from "./importing.ts";
import { emptyReport, reportOf } from "./reports.ts";
import { fits, folded } from "./search.ts";

describe("names in three scripts", () => {
  it.each([
    ["Запоріжжя", "zaporizhzhia"], ["Запорожье", "запорожье"], ["Енергодар", "enerhodar"], ["Энергодар", "енергодар"], ["Каховська ГЕС", "kakhovska hes"], ["Дніпрогес", "dniprohes"], ["Хмельницька АЕС", "khmelnytska"], ["Щастя", "shchastia"],
  ])("%s is found by %s", (name, wanted) => expect(fits([name], wanted), `${folded(name)} / ${folded(wanted)}`).toBe(true));
  it("finds each word wherever it stands, and not what is not there", () => {
    expect(fits(["Zaporizhzhia Nuclear Power Plant", "ЗАЕС"], "nuclear запоріжжя")).toBe(true);
    expect(fits(["Zaporizhzhia Nuclear Power Plant"], "dam")).toBe(false);
    expect(fits(["a"], "  ")).toBe(true);
    expect(fits(["a"], "''")).toBe(false);
  });
});

describe("a record", () => {
  it("marks a source that lies further off than the kind allows", () => {
    const rows = positionRows({ place: "47.5122N 34.5858E", kind: "NUCLEAR-POWER-PLANT", positions: [{ place: "47.508N 34.627E", source: "far" }, { place: "47.5119N 34.5863E", source: "near" }, { place: "?", source: "none" }] });
    expect(rows.map((one) => [one.source, one.far])).toEqual([["far", true], ["near", false], ["none", false]]);
    expect(rows[2]?.metres).toBeUndefined();
  });
  it("puts statements about one thing side by side, and says when they differ", () => {
    const sides = sideBySide([{ kind: "P", value: "343", unit: "MW" }, { kind: "P", value: "357", unit: "MW" }, { kind: "W", value: "18.2", unit: "km3" }], "kind", ["value", "unit"]);
    expect(sides.map((one) => [one.key, one.rows.length, one.differ])).toEqual([["P", 2, true], ["W", 1, false]]);
  });
  it("is corrected without losing what the form has no field for", () => {
    const held = { facility_id: "UA-X", names: [{ language: "uk", name: "Х" }], kind: "DAM", place: "46.7778N 33.3703E", site_radius_m: 1000, rings_m: [5000], special_sign: "NOT-KNOWN", shape: { kind: "POLYGON" }, name_sources: [{ name: "Х" }], record_source: "old", disclosure: "private" };
    const fields = fieldsOf(held);
    expect(fields.source).toBe("");
    const { document, faults } = documentOf({ ...fields, source: "survey of 2022" }, undefined);
    expect(faults).toEqual({});
    expect(document).toMatchObject({ facility_id: "UA-X", shape: { kind: "POLYGON" }, name_sources: [{ name: "Х" }], record_source: "survey of 2022", rings_m: [5000] });
  });
  it("is not signed with a field that is wrong, and names each", () => {
    expect(Object.keys(documentOf(emptyFields(), undefined).faults).sort()).toEqual(["id", "kind", "names", "place", "source"]);
    expect(documentOf({ ...emptyFields(), rest: "{" }, undefined).faults["rest"]).toBe("register-fault-json");
    expect(documentOf({ ...emptyFields(), rest: '{"place": "1N 1E"}' }, undefined).faults["rest"]).toBe("register-fault-twice");
    expect(documentOf({ ...emptyFields(), from: "soon" }, undefined).faults["from"]).toBe("register-fault-time");
  });
});

describe("a report by hand", () => {
  const utc = (text: string) => (text ? `${text}:00Z` : undefined);
  const whole = { ...emptyReport(0), kind: "EVENT", what: "SHELLING", from: "2022-11-20T06:00", until: "", place: "47.5N 34.5E", uncertainty: "1000", located: "SITE", who: "IAEA", source: "statement", text: "text", language: "en", reliability: "A", credibility: "2" };
  it("classes and grades nothing beforehand", () => expect(Object.keys(reportOf(emptyReport(0), utc).faults).sort()).toEqual(["credibility", "from", "kind", "language", "located", "place", "reliability", "source", "text", "uncertainty", "until", "what", "who"]));
  it("of one instant begins and ends there", () => expect(reportOf(whole, utc).report).toMatchObject({ interval: ["2022-11-20T06:00:00Z", "2022-11-20T06:00:00Z"], grade: { reliability: "A", credibility: 2 } }));
  it("does not end before it begins", () => expect(reportOf({ ...whole, until: "2022-11-20T05:00" }, utc).faults).toEqual({ until: "register-fault-until" }));
});

it("an import is given no option that nobody filled in", () => expect(optionsOf({ region: " UA ", member: "" })).toEqual({ region: "UA" }));
