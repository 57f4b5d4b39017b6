import { describe, expect, it } from "vitest";
import { answerOf, authorityFor, type DelegationState, type DraftState, returnedBy, urgentFirst, whyNot } from "./queue.ts";

const NOW = Date.parse("2022-11-20T13:00:00Z");
const draft = (more: Partial<DraftState> = {}): DraftState => ({
  id: "d1", form: "CONCERN", precedence: "PRIORITY", state: "DRAFTED", drafted_at: "2022-11-20T12:00:00Z", drafted_by: "watch-1", needs: ["second person"], checks: [], fields: {}, ...more,
});
const delegation = (more: Partial<DelegationState> = {}): DelegationState => ({
  id: "x", kind: "pre-approved", officers: ["watch-1"], forms: ["CONCERN"], facility: null, valid_from: "2022-11-20T10:00:00Z", valid_until: "2022-11-20T14:00:00Z", covers_checks: false, draft: null, ...more,
});
const RELEASER = { officer: "release-1", roles: ["releasing-officer"] };
const WATCH = { officer: "watch-1", roles: ["watch-officer"] };
const RELEASERS = ["releasing-officer", "principal"];

describe("the queue", () => {
  it("has the most urgent first, then the oldest", () => {
    const found = urgentFirst([
      draft({ id: "a", precedence: "ROUTINE", drafted_at: "2022-11-20T08:00:00Z" }),
      draft({ id: "b", precedence: "FLASH", drafted_at: "2022-11-20T12:30:00Z" }),
      draft({ id: "c", precedence: "FLASH", drafted_at: "2022-11-20T12:10:00Z" }),
    ]);
    expect(found.map((one) => one.id)).toEqual(["c", "b", "a"]);
  });
});

describe("who may release", () => {
  const CASES: [string, Parameters<typeof whyNot>, string[]][] = [
    ["a second person with the role", [draft(), RELEASERS, RELEASER, undefined], []],
    ["nobody without the role", [draft(), RELEASERS, { officer: "watch-2", roles: ["watch-officer"] }, undefined], ["role"]],
    ["not whoever drafted it", [draft({ drafted_by: "release-1" }), RELEASERS, RELEASER, undefined], ["drafter"]],
    ["not before its checks", [draft({ needs: ["legal", "linguist", "second person"] }), RELEASERS, RELEASER, undefined], ["linguist", "legal"]],
    ["not what was returned", [draft({ needs: ["legal"], checks: [{ check: "legal", by: "legal-1", passed: false }] }), RELEASERS, RELEASER, undefined], ["returned-legal"]],
    ["not twice", [draft({ state: "RELEASED" }), RELEASERS, RELEASER, undefined], ["released"]],
    ["a delegate alone", [draft(), RELEASERS, WATCH, delegation()], []],
    ["a delegate whose authority does not cover the checks waits for them", [draft({ needs: ["legal"] }), RELEASERS, WATCH, delegation()], ["legal"]],
    ["a delegate whose authority covers them does not", [draft({ needs: ["legal"] }), RELEASERS, WATCH, delegation({ covers_checks: true })], []],
    ["whoever takes back what was sent is judged by the node", [draft({ fields: { relation: ["recalls", "ab"] } }), RELEASERS, { officer: "watch-2", roles: ["watch-officer"] }, undefined], []],
  ];
  it.each(CASES)("%s", (_name, given, wanted) => expect(whyNot(...given)).toEqual(wanted));

  it("a check that passed after it had returned the draft counts as passed", () => {
    const checks = [{ check: "legal", by: "a", passed: false }, { check: "legal", by: "a", passed: true }];
    expect(returnedBy({ checks })).toEqual([]);
  });
});

describe("delegations", () => {
  it.each([
    ["of the form", delegation(), true],
    ["of another form", delegation({ forms: ["REPLY"] }), false],
    ["that ran out", delegation({ valid_until: "2022-11-20T13:00:00Z" }), false],
    ["to somebody else", delegation({ officers: ["watch-2"] }), false],
    ["on another site", delegation({ facility: "UA-X" }), false],
    ["by voice for this draft", delegation({ kind: "voice", forms: [], draft: "d1" }), true],
    ["by voice for another draft", delegation({ kind: "voice", forms: [], draft: "d2" }), false],
  ])("%s", (_name, one, holds) => expect(authorityFor(draft(), WATCH, [one], NOW) !== undefined).toBe(holds));
});

describe("the R4 of a reply", () => {
  it("has its verb and its promise", () => {
    const fields = { answers: "ab", verb: "answer-follows", "answer-by": "2022-11-20T15:00:00Z" };
    expect(answerOf(draft({ form: "REPLY", fields }))).toEqual({ message: "ab", verb: "answer-follows", answer_by: "2022-11-20T15:00:00Z" });
  });
  it("goes with nothing that is no reply", () => expect(answerOf(draft({ fields: { answers: "ab", verb: "confirm" } }))).toBeNull());
});
