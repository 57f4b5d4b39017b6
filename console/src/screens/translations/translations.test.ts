import { describe, expect, it } from "vitest";
import { candidates, dueOf, lostDoubts, MACHINE_MARK, markedText, missing, nextStage, owedBy, queueOf, type Side, stagesOpen, targetOf } from "./translations.ts";

const message = (id: string, more: Record<string, unknown> = {}) =>
  ({ id, line: "l", direction: "in", number: 1, form: "REPLY", precedence: "PRIORITY", entered_at: "2022-11-20T14:00:00Z", ...more }) as never;
const side = (more: Partial<Side> = {}) =>
  ({ name: "in:1", source_language: "ru", needs_linguist: true, original: [{ field: "free-text", text: "текст" }], translations: [], warning: null, ...more }) as Side;
const draft = (id: string, more: Record<string, unknown> = {}) => ({ id, line: "l", form: "CONCERN", precedence: "IMMEDIATE", state: "DRAFTED", message: null, needs: [], drafted_at: "2022-11-20T14:00:00Z", ...more }) as never;

describe("stages", () => {
  it.each([[null, "SIGHT"], ["SIGHT", "ROUGH"], ["ROUGH", "OFFICIAL"], ["OFFICIAL", undefined]])("after %s comes %s", (stage, next) => {
    expect(nextStage(stage)).toBe(next);
  });
  it("an earlier stage cannot follow a later one", () => {
    expect(stagesOpen(null)).toEqual(["SIGHT", "ROUGH", "OFFICIAL"]);
    expect(stagesOpen("ROUGH")).toEqual(["ROUGH", "OFFICIAL"]);
  });
  it("a deadline is minutes after receipt", () => {
    expect(dueOf("2022-11-20T14:00:00Z", "SIGHT")).toBe("2022-11-20T14:08:00.000Z");
    expect(dueOf("2022-11-20T14:00:00Z", "OFFICIAL")).toBe("2022-11-20T16:10:00.000Z");
  });
});

describe("the queue", () => {
  it("holds what came with text and has no official version", () => {
    const forms = [{ code: "REPLY", fields: [{ kind: "text" }] }, { code: "RECEIPT", fields: [{ kind: "code" }] }, { code: "TEST", fields: [{ kind: "text" }] }] as never;
    const all = [message("a"), message("b", { direction: "out" }), message("c", { form: "RECEIPT" }), message("d", { form: "TEST" }), message("e")];
    expect(candidates(all, [{ reference: "e", stage: "OFFICIAL" }] as never, forms, 9).map((one) => one.id)).toEqual(["a"]);
  });
  it("is ordered by precedence, then by deadline", () => {
    const sides = new Map([["a", side()], ["b", side()], ["c", side({ translations: [{ language: "en", stage: "SIGHT" }] as never })]]);
    const all = [message("a"), message("b", { precedence: "FLASH" }), message("c")];
    const found = queueOf(all, [draft("d", { needs: ["linguist"] })], sides, ["en", "ru"]);
    expect(found.map((one) => [one.id, one.why, one.next])).toEqual([["b", "stage", "SIGHT"], ["d", "check", null], ["a", "stage", "SIGHT"], ["c", "stage", "ROUGH"]]);
  });
  it("leaves out what is written in our first language, and what is coded", () => {
    expect(targetOf("en", ["en", "ru"])).toBeUndefined();
    const sides = new Map([["a", side({ source_language: "en" })], ["b", side({ needs_linguist: false })]]);
    expect(queueOf([message("a"), message("b")], [], sides, ["en"])).toEqual([]);
  });
  it("names a draft whose back-translation is missing", () => {
    const found = queueOf([], [draft("d")], new Map([["d", side({ warning: "No back-translation" })]]), ["en"]);
    expect(found.map((one) => one.why)).toEqual(["back"]);
  });
});

describe("doubts", () => {
  it("mark their words, and where two meet, both", () => {
    const found = markedText("ready to act alone", [{ quote: "to act", note: "x" }, { quote: "act alone", note: "y" }]);
    expect(found).toEqual([{ text: "ready ", doubts: [] }, { text: "to ", doubts: [1] }, { text: "act", doubts: [1, 2] }, { text: " alone", doubts: [2] }]);
  });
  it("about words that are gone are lost", () => {
    expect(lostDoubts("a b", [{ quote: "a", note: "" }, { quote: "c", note: "" }, { quote: "", note: "" }])).toHaveLength(2);
  });
});

describe("what keeps a stage from being signed", () => {
  const whole = { stage: "ROUGH", text: "text", doubts: [], changes: "" as const, changed: "", versions: 0 };
  it.each([
    ["nothing of a first version", {}, []],
    ["a stage that was not chosen", { stage: "" }, ["translations-need-stage"]],
    ["an empty text", { text: "  " }, ["translations-need-text"]],
    ["the mark of a machine draft", { text: `x\n${MACHINE_MARK}` }, ["translations-need-unmarked"]],
    ["a doubt without a note", { doubts: [{ quote: "text", note: "" }] }, ["translations-need-doubts"]],
    ["silence on the meaning of a later version", { versions: 1 }, ["translations-need-changes"]],
    ["a change that is not said", { versions: 1, changes: "yes" as const }, ["translations-need-changed"]],
    ["nothing of a later version that changes nothing", { versions: 1, changes: "no" as const }, []],
  ])("%s", (_, more, expected) => {
    expect(missing({ ...whole, ...more })).toEqual(expected);
  });
});

it("an officer owes the version that changed what he read", () => {
  expect(owedBy({ owed: [{ officer: "a", version: 2 }] } as never, "a")).toBe(2);
  expect(owedBy({ owed: [{ officer: "a", version: 2 }] } as never, "b")).toBeUndefined();
});
