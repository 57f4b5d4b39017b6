import { describe, expect, it } from "vitest";
import { pieces, plain } from "./inert.ts";

describe("foreign text", () => {
  it.each([
    ["\u202Eevil", "RLO"],
    ["a\u200Bb", "ZERO WIDTH SPACE"],
    ["a\u0007b", "U+0007"],
    ["\u2066x\u2069", "LRI"],
    ["tag\u{e0041}", "U+E0041"],
    ["lone \ud800 half", "U+D800"],
  ])("%j shows its hidden character as %s", (text, name) => {
    expect(pieces(text).some((one) => one.kind === "control" && one.name === name)).toBe(true);
  });

  it.each([
    ["Тhe", ["Latin", "Cyrillic"]],
    ["раypal", ["Latin", "Cyrillic"]],
    ["Ζaporizhzhia", ["Latin", "Greek"]],
    ["𝐒𝐓𝐎𝐏", ["styled letters"]],
    ["a\u0301\u0301\u0301\u0301", ["Latin", "stacked marks"]],
  ])("%s is named as mixed", (text, scripts) => {
    expect(pieces(text)).toEqual([{ kind: "lookalike", text, scripts }]);
  });

  it.each(["Запорізька АЕС", "Zaporizhzhia NPP", "з'їзд", "ЗАЕС-1", "line one\nline two\ttab", "العربية", "47.5122 N"])(
    "%s stays as it is",
    (text) => expect(pieces(text)).toEqual([{ kind: "text", text }]),
  );

  it("keeps markup as text", () => {
    expect(pieces("<img src=x onerror=alert(1)>")).toEqual([{ kind: "text", text: "<img src=x onerror=alert(1)>" }]);
  });

  it("cuts what is too long and says so in one line", () => {
    expect(plain("x".repeat(100_000))).toBe(`${"x".repeat(200)}…`);
    expect(plain("a\n\u202Eb")).toBe("a [RLO]b");
  });
});
