import { describe, expect, it } from "vitest";
import { conceptsOf, inOrder, records, type Term, toCsv, toTbx } from "./terms.ts";

const term = (concept: string, language: string, word: string, more: Partial<Term> = {}): Term => ({
  concept, language, term: word, status: "preferred", definition: "", source: "", note: "", part: "n", gender: "", own: false, ...more,
});

describe("the term base", () => {
  const all = [term("dam", "ru", "платина", { status: "deprecated" }), term("dam", "en", "dam", { definition: "Holds water back." }), term("dam", "ru", "плотина", { gender: "f" }), term("dyke", "en", "dyke")];
  it("shows one row a concept, the preferred word first", () => {
    const [dam, dyke] = conceptsOf(all);
    expect(dam?.definition).toBe("Holds water back.");
    expect(dam?.terms["ru"]?.map((one) => one.term)).toEqual(["плотина", "платина"]);
    expect(dyke?.concept).toBe("dyke");
  });
  it("keeps the order of a search", () => {
    expect(inOrder(conceptsOf(all), [all[3] as Term, all[1] as Term, all[0] as Term]).map((one) => one.concept)).toEqual(["dyke", "dam"]);
  });
});

describe("files", () => {
  it("a cell of the CSV is no formula", () => {
    expect(toCsv([term("x", "en", "=1+1")]).split("\n")[1]).toBe("x,en,'=1+1,preferred,n,,,,");
  });
  it("TBX carries status, gender and what a term's letters would break", () => {
    const tbx = toTbx([term("a", "ru", "<плотина> & дамба", { gender: "f", status: "admitted" })]);
    expect(tbx).toContain("<term>&lt;плотина&gt; &amp; дамба</term>");
    expect(tbx).toContain("<basic:grammaticalGender>feminine</basic:grammaticalGender>");
    expect(tbx).toContain("<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>");
  });
});

it.each([[0, []], [1, [1]], [200, [200]], [401, [200, 200, 1]]])("%i entries are so many records", (count, sizes) => {
  expect(records(Array.from({ length: count })).map((one) => one.length)).toEqual(sizes);
});
