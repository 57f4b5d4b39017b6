import { describe, expect, it, vi } from "vitest";

vi.mock("$lib/router.svelte.ts", () => ({
  href: (screen: string, name = "", query: Record<string, string> = {}) => `#/${screen}${name ? `/${name}` : ""}${query["at"] ? `?at=${query["at"]}` : ""}`,
}));
const { addressOf, grouped, nameOf, straight } = await import("./opens.ts");
const every = () => true;

describe("what was found opens", () => {
  it.each([
    [{ kind: "message", reference: "8e54" }, "#/messages/8e54"],
    [{ kind: "receipt", reference: "8e54" }, "#/messages/8e54"],
    [{ kind: "case", reference: "CASE-2023-000001" }, "#/cases/CASE-2023-000001"],
    [{ kind: "log", reference: "86" }, "#/log?at=86"],
    [{ kind: "draft", reference: "" }, "#/release"],
    [{ kind: "channel", reference: "", channel: "cjcs-cgs" }, "#/channels/cjcs-cgs"],
  ])("%j by %s", (told, address) => expect(addressOf(told, every)).toBe(address));

  it("by the first screen that there is", () => expect(addressOf({ kind: "ladder", reference: "" }, (screen) => screen === "channels")).toBe("#/channels"));
  it("by none where no screen shows it", () => expect(addressOf({ kind: "message", reference: "8e54" }, () => false)).toBeUndefined());
  it("by none where the kind is a newer one", () => expect(addressOf({ kind: "of-tomorrow", reference: "1" }, every)).toBeUndefined());
  it("names no thing whose screen is a list", () => expect(nameOf({ kind: "alarm", reference: "x" })).toBe(""));
});

describe("a name that is typed", () => {
  it.each([
    [" case-2023-000001 ", "case", "CASE-2023-000001"],
    ["In:4", "message", "in:4"],
    ["d-2026-000001", "decision", "D-2026-000001"],
    ["C-2026-0002", "concern", "C-2026-0002"],
  ])("%s opens a %s", (typed, kind, reference) => expect(straight(typed)).toEqual({ kind, reference }));
  it.each(["Запоріжжя", "in:", "CASE", "4"])("%s is a word like any other", (typed) => expect(straight(typed)).toBeUndefined());
});

describe("results", () => {
  it("stand under their kinds, the best kind first", () =>
    expect(grouped([{ kind: "log", n: 1 }, { kind: "message", n: 2 }, { kind: "log", n: 3 }]).map(([kind, rows]) => [kind, rows.map((row) => row.n)])).toEqual([
      ["log", [1, 3]],
      ["message", [2]],
    ]));
});
