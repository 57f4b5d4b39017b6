import { describe, expect, it } from "vitest";
import { arranged, blank, facilityValues, type FieldOf, filled, instantOf, momentOf, queryValues, type Typed, typedInstant, typedOf, valueOf, valuesOf } from "./values.ts";

const NOW = Date.parse("2022-11-20T13:00:00Z");
const field = (kind: string, more: Partial<FieldOf> = {}): FieldOf => ({ number: 100, name: kind, kind, required: false, codes: [], grades: [], unit: null, ...more });
const typed = (more: Partial<Typed>): Typed => ({ ...blank(), ...more });

describe("what is typed", () => {
  const CASES: [string, FieldOf, Partial<Typed>, unknown][] = [
    ["a code", field("code", { codes: ["A"] }), { text: "A" }, "A"],
    ["codes in the form's order", field("codes", { codes: ["A", "B", "C"] }), { codes: ["C", "A", "X"] }, ["A", "C"]],
    ["grades of some codes", field("statuses", { codes: ["P", "Q"] }), { grades: { Q: "LOST", P: "" } }, [["Q", "LOST"]]],
    ["a place as typed", field("place"), { text: " 36TXT1940063300 " }, "36TXT1940063300"],
    ["a circle", field("area"), { shape: "CIRCLE", text: "47N 34E", more: "1 500" }, ["CIRCLE", "47N 34E", 1500]],
    ["a polygon", field("area"), { shape: "POLYGON", text: "47N 34E\n47N 35E\n\n48N 34E" }, ["POLYGON", ["47N 34E", "47N 35E", "48N 34E"]]],
    ["a route", field("area"), { shape: "ROUTE", text: "47N 34E\n47N 35E", more: "200" }, ["ROUTE", ["47N 34E", "47N 35E"], 200]],
    ["an instant, UTC", field("instant"), { text: "2022-11-20 14:05" }, "2022-11-20T14:05:00Z"],
    ["a window", field("window"), { text: "2022-11-19 16:00", more: "18:30" }, ["2022-11-19T16:00:00Z", "2022-11-20T18:30:00Z"]],
    ["a text without the ends of lines of another system", field("text"), { text: " a\r\nb " }, "a\nb"],
    ["a party in capitals", field("party"), { text: "ndmc" }, "NDMC"],
    ["a facility chosen from the register", field("facility"), { whole: ["N", "en", "DAM"] }, ["N", "en", "DAM"]],
    ["a number with a blank between thousands", field("count"), { text: "12 000" }, 12000],
    ["what is no number, for the node to refuse", field("count"), { text: "1,5" }, "1,5"],
    ["a length of time in hours", field("duration"), { text: "2", shape: "h" }, 7200],
    ["a flag that says no", field("flag"), { text: "no" }, false],
    ["a relation", field("relation"), { text: "updates", more: "ab" }, ["updates", "ab"]],
    ["names a line", field("names"), { text: "A\n B " }, ["A", "B"]],
    ["parties", field("parties"), { text: "ndmc, iaea" }, ["NDMC", "IAEA"]],
    ["a phrase with its arguments", field("phrases"), { text: "21 | DAM:uk:Гребля | 3" }, [[21, ["Гребля", "uk", "DAM"], 3]]],
  ];
  it.each(CASES)("%s", (_name, one, given, wanted) => {
    expect(valueOf(one, typed(given), NOW)).toEqual(wanted);
  });

  const KINDS = ["code", "codes", "statuses", "place", "area", "instant", "window", "text", "word", "party", "facility", "count", "duration", "hash", "flag", "relation", "names", "parties", "sites", "phrases"];
  it.each(KINDS)("an empty %s is left out", (kind) => {
    expect(valueOf(field(kind, { codes: ["A"] }), blank(), NOW)).toBeUndefined();
  });

  it("nothing of the head is sent as a field", () => {
    const fields = [field("word", { name: "form" }), field("text", { name: "free-text" })];
    expect(valuesOf(fields, { form: typed({ text: "X" }), "free-text": typed({ text: "y" }) }, NOW)).toEqual({ "free-text": "y" });
  });
});

describe("instants", () => {
  it("a clock alone is of this day by UTC", () => expect(instantOf("9:30", NOW)).toBe("2022-11-20T09:30:00Z"));
  it("a zone that was typed stands", () => expect(instantOf("2022-11-20 14:05 +02:00", NOW)).toBe("2022-11-20T14:05:00+02:00"));
  it("a date-time group goes to the node as it is", () => expect(instantOf("201405z nov 22", NOW)).toBe("201405ZNOV22"));
  it("what is no instant has no clock", () => expect(momentOf("tomorrow", NOW)).toBeNull());
  it("seconds are shown where there are some", () => {
    expect(typedInstant("2022-11-20T14:05:00Z")).toBe("2022-11-20 14:05");
    expect(typedInstant("2022-11-20T14:05:07.123Z")).toBe("2022-11-20 14:05:07");
  });
});

describe("what is filled in beforehand", () => {
  const VALUES: [FieldOf, unknown][] = [
    [field("code"), "A"],
    [field("codes", { codes: ["A", "B"] }), ["A", "B"]],
    [field("statuses", { codes: ["P"] }), [["P", "HELD"]]],
    [field("place"), "47.51220N 34.58580E"],
    [field("area"), ["CIRCLE", "47N 34E", 500]],
    [field("window"), ["2022-11-19T16:00:00Z", "2022-11-20T10:00:00Z"]],
    [field("facility"), ["N", "en", "DAM"]],
    [field("duration"), 90],
    [field("flag"), true],
    [field("relation"), ["adds", "ab"]],
    [field("names"), ["A", "B"]],
    [field("sites"), [["id", "N", "en", "DAM", null]]],
    [field("phrases"), [[20, "47N 34E"], [21, ["N", "en", "DAM"]]]],
  ];
  it.each(VALUES)("comes back as it was: %o", (one, value) => {
    expect(valueOf(one, typedOf(one, value), NOW)).toEqual(value);
  });

  it("a place of a message is its degrees", () => {
    expect(typedOf(field("place"), { degrees: "47N 34E", mgrs: "36T", precision_m: 1 }).text).toBe("47N 34E");
  });

  it("an area of a draft comes back as degrees", () => {
    expect(typedOf(field("area"), ["CIRCLE", [475122000, -345858000, 1], 500])).toMatchObject({ shape: "CIRCLE", text: "47.5122N 34.5858W", more: "500" });
    expect(typedOf(field("area"), ["POLYGON", [[470000000, 340000000, 1], [470000000, 350000000, 1]]]).text).toBe("47.0N 34.0E\n47.0N 35.0E");
  });

  it("names that the form does not have are left out", () => {
    expect(Object.keys(filled([field("text", { name: "free-text" })], { "free-text": "a", other: 1 }))).toEqual(["free-text"]);
  });

  it("a query of receipt names what is held and what is due first", () => {
    const message = { id: "ab", number: 3, released_at: "2022-11-20T10:00:00Z", receipts: { R0: {}, R1: {} }, due: { R3: "2022-11-20T10:20:00Z", R2: "2022-11-20T10:10:00Z" } };
    expect(queryValues(message)).toEqual({
      "queried-message": "ab", "queried-number": 3, "sent-at": "2022-11-20T10:00:00Z", "highest-receipt-held": "R1", "receipt-asked-for": "R2",
    });
  });

  it("a facility is named in our language where it has a name in it", () => {
    const one = { facility_id: "UA-1", place: "47N 34E", kind: "DAM", names: [{ name: "Гребля", language: "uk" }, { name: "Dam", language: "en" }] };
    expect(facilityValues(one, ["en"])["facility"]).toEqual(["Dam", "en", "DAM"]);
    expect(facilityValues(one, ["ru"])["facility"]).toEqual(["Гребля", "uk", "DAM"]);
  });
});

describe("how a form is laid out", () => {
  const fields = [field("text", { number: 30, name: "free-text" }), field("hash", { number: 29, name: "answers" }), field("instant", { number: 26, name: "valid-from" }), field("code", { number: 100, name: "verb" }), field("place", { number: 34, name: "place" })];
  it("what is answered stands first, the text last, the rest is folded", () => {
    const { open, folded } = arranged("REPLY", fields, {});
    expect(open.map((one) => one.name)).toEqual(["answers", "verb", "free-text"]);
    expect(folded.map((one) => one.name)).toEqual(["place", "valid-from"]);
  });
  it("what is filled in is never folded", () => {
    expect(arranged("REPLY", fields, { "valid-from": typed({ text: "x" }) }).open.map((one) => one.name)).toContain("valid-from");
  });
});
