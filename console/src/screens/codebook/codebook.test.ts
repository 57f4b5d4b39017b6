import { describe, expect, it } from "vitest";
import { type Code, digits, filledIn, groupOf, nativeIn, phraseOf, readingOf } from "./codebook.ts";

const code = {
  number: "011", meaning: "passed", arguments: [{ name: "minutes", kind: "minutes" }, { name: "place", kind: "place" }], answers: [], phrases: {}, status: "DRAFT",
  signed: { en: ["a"], ru: [], uk: ["b"] }, not_native: ["en", "ru"],
} as Code;

describe("an entry", () => {
  it.each([["001", "000"], ["019", "010"], ["143", "140"], ["999", ""]])("%s is of group %s", (number, group) => {
    expect(groupOf(number)).toBe(group);
  });
  it("says how far it was read in each language", () => {
    expect(["en", "ru", "uk"].map((language) => readingOf(code, language))).toEqual(["signed", "none", "native"]);
    expect(nativeIn(code, ["uk"])).toBe(true);
    expect(nativeIn(code, ["ru", "uk"])).toBe(false);
  });
  it("is written as three digits", () => {
    expect(digits(7)).toBe("007");
  });
});

describe("a phrase to be sent", () => {
  it("counts as numbers, places as texts", () => {
    expect(phraseOf(code, ["15", " 47N 34E "])).toEqual([11, 15, "47N 34E"]);
  });
  it("keeps what is no number as typed, so that the node says what is wrong", () => {
    expect(phraseOf(code, ["soon"])).toEqual([11, "soon", ""]);
  });
  it("is shown with what was typed", () => {
    expect(filledIn("answer in … minutes at …", ["15"])).toBe("answer in 15 minutes at …");
  });
});
