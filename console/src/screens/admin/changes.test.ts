import { describe, expect, it } from "vitest";
import { argsOf, type Change, levelOf, mayDecide, missingIn, waitingFirst, type Wish } from "./changes.ts";

const CHANGE = { change: "OC-1", status: "PROPOSED", officer: "x-watch-2", proposed_by: "x-admin-1", blocks_now: false } as Change;
const WISH: Wish = { what: "REMOVE-OFFICER", concerned: "x-watch-2", name: "", roles: [], key_id: "", reason: "left" };

describe("changes of officers", () => {
  it.each([
    ["a second administrator", {}, "x-admin-2", true],
    ["who proposed it", {}, "x-admin-1", false],
    ["whom it is about", {}, "x-watch-2", false],
    ["what is decided already", { status: "APPROVED" }, "x-admin-2", false],
    ["what nobody offered yet", { status: "CODE" }, "x-admin-2", false],
  ])("%s", (_name, other, officer, may) => {
    expect(mayDecide({ ...CHANGE, ...other } as Change, officer as string)).toBe(may);
  });

  it("what waits for a person stands first, and what blocks somebody looks it", () => {
    const of = (status: string) => ({ ...CHANGE, change: status, status }) as Change;
    expect(waitingFirst(["IN-FORCE", "CODE", "REJECTED", "APPROVED", "PROPOSED"].map(of)).map((one) => one.status)).toEqual(["PROPOSED", "APPROVED", "CODE", "IN-FORCE", "REJECTED"]);
    expect(levelOf({ ...CHANGE, status: "APPROVED", blocks_now: true } as Change)).toBe("serious");
    expect(levelOf({ ...CHANGE, status: "IN-FORCE", blocks_now: true } as Change)).toBe("normal");
  });

  it.each<[string, Partial<Wish>, string[]]>([
    ["a removal needs a name and a reason", { reason: " " }, ["reason"]],
    ["a new officer needs id, name and roles", { what: "ADD-OFFICER", concerned: "Watch 3" }, ["concerned", "name", "roles"]],
    ["other roles need some", { what: "ROLES" }, ["roles"]],
    ["a key is named", { what: "REMOVE-KEY" }, ["key_id"]],
    ["a code needs nothing more", { what: "CODE" }, []],
  ])("%s", (_name, other, missing) => {
    expect(missingIn({ ...WISH, ...other })).toEqual(missing);
  });

  it("asks the node for what it takes, and for nothing else", () => {
    expect(argsOf({ ...WISH, what: "RECOVER" })).toEqual({ kind: "officer-code", args: { concerned: "x-watch-2", reason: "left", recover: true } });
    expect(argsOf(WISH)).toEqual({ kind: "officer-change", args: { what: "REMOVE-OFFICER", concerned: "x-watch-2", reason: "left" } });
    expect(argsOf({ ...WISH, what: "ADD-OFFICER", concerned: " x-watch-3 ", name: "Three", roles: ["watch-officer"] }).args).toEqual({
      what: "ADD-OFFICER", concerned: "x-watch-3", reason: "left", name: "Three", roles: ["watch-officer"],
    });
  });
});
