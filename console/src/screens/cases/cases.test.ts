import { describe, expect, it } from "vitest";
import { answerOf, type CaseShown, inOrder, linked, referencesOf, rejected, sideOf, type TimelineRow } from "./cases.ts";

const row = (given: Partial<TimelineRow>): TimelineRow => ({ kind: "contact", reference: "CT-2023-000001", ...given }) as TimelineRow;
const shown = {
  questions: [{ question: "initiated-by", asks: "", about: "", accounts: [{ account: 2, source: "Moscow" }, { account: 3, source: "Washington" }] }],
  joins: [row({}), row({ kind: "decision", reference: "D-2023-000001" })],
} as unknown as CaseShown;

describe("a side of a contradiction", () => {
  it("is an account of the case", () => expect(sideOf("account 3", shown).account?.source).toBe("Washington"));
  it("is something that it joins", () => expect(sideOf("CT-2023-000001", shown).joined?.kind).toBe("contact"));
  it("is its name where neither is held any more", () => expect(sideOf("account 9", shown)).toEqual({ name: "account 9" }));
});

it("what nobody looked at stands first", () => {
  const of = (...states: string[]) => inOrder(states.map((state) => ({ state }) as never)).map((one) => one.state);
  expect(of("ASSESSED", "STATED", "FOUND")).toEqual(["FOUND", "STATED", "ASSESSED"]);
});

it("options that were not taken are named", () => {
  expect(rejected({ options: ["call", "wait", "write"], chosen: "write " })).toEqual(["call", "wait"]);
});

it("what is linked stands by kind, newer kinds last", () => {
  expect(linked([row({ kind: "of-tomorrow" }), row({}), row({ kind: "message" })]).map(([kind]) => kind)).toEqual(["message", "contact", "of-tomorrow"]);
});

it("references are separated as people do", () => expect(referencesOf(" CT-2023-000001, log:12\nlog:12 ")).toEqual(["CT-2023-000001", "log:12"]));

describe("an answer", () => {
  it.each([
    ["said", "anything", undefined],
    ["initiated-by", " US ", ["US"]],
    ["used", "", undefined],
    ["time", "2023-03-14T06:03Z to 2023-03-14T06:05Z", ["2023-03-14T06:03Z", "2023-03-14T06:05Z"]],
    ["time", "2023-03-14", ["2023-03-14"]],
    ["read-out", "a; b\nc", ["a", "b", "c"]],
  ] as const)("to %s, typed %j", (question, typed, answer) => expect(answerOf(question, typed)).toEqual(answer));
});
