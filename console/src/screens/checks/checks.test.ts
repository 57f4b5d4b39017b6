import { describe, expect, it } from "vitest";
import { codes, compare, differs, letterOf, lettersOf, RESULTS, SHAPES, SIGNS } from "./checks.ts";

describe("the text that came back", () => {
  it("is the same when only how a letter is written down differs, or blanks around it", () => {
    expect(differs(compare("Їжак іде", "  Їжак іде\n"))).toBe(false);
  });
  it("names a look-alike letter", () => {
    const pieces = compare("река", "рeка");
    expect(pieces).toEqual([{ kind: "same", sent: "р", got: "р" }, { kind: "changed", sent: "е", got: "e" }, { kind: "same", sent: "ка", got: "ка" }]);
    expect([codes(pieces[1]?.sent ?? ""), codes(pieces[1]?.got ?? "")]).toEqual(["U+0435", "U+0065"]);
  });
  it("tells what is missing from what was added", () => {
    expect(compare("abcd", "abd").map((one) => [one.kind, one.sent, one.got])).toEqual([["same", "ab", "ab"], ["missing", "c", ""], ["same", "d", "d"]]);
    expect(compare("abd", "abcd").filter((one) => one.kind === "added")).toEqual([{ kind: "added", sent: "", got: "c" }]);
    expect(differs(compare("abc", ""))).toBe(true);
  });
  it("gives back both texts whole, whatever changed", () => {
    const [sent, got] = ["The quick brown fox 0123456789", "Teh quick brawn fx 0123456798!"];
    const pieces = compare(sent, got);
    expect([pieces.map((one) => one.sent).join(""), pieces.map((one) => one.got).join("")]).toEqual([sent, got]);
  });
});

describe("the strip", () => {
  it("has a sign of its own for each result", () => {
    expect(new Set(Object.values(SIGNS)).size).toBe(Object.keys(RESULTS).length);
    expect(Object.keys(SHAPES)).toEqual(Object.keys(RESULTS));
  });
  it("reads the node's letters and no others", () => {
    expect(lettersOf("AN?z")).toEqual(["A", "N", "?"]);
    expect([letterOf("GARBLED"), letterOf("NEW")]).toEqual(["G", "?"]);
  });
});
