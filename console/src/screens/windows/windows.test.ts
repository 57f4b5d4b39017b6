import { describe, expect, it } from "vitest";
import { changed, rulesInWords } from "../rules/rules.ts";
import { counts, crewsInDanger, stepsOf, zoneText } from "./windows.ts";

const window = (given: object) => ({ status: "ASSURING", missing: [] as string[], crews: ["a", "b"], crews_out: [] as string[], proposer: "IAEA", ...given });
const why = (given: object, step: string, party = "IAEA") => stepsOf(window(given), party).find((one) => one.id === step);

describe("GREEN", () => {
  it("is not to be said while an assurance is missing", () => expect(why({ missing: ["SOUTH"] }, "green")?.because).toBe("windows-because-missing"));
  it("may be said once none is", () => expect(why({}, "green")).toEqual({ id: "green", because: undefined }));
  it("is the proposer's word alone", () => expect(why({}, "green", "NORTH")).toBeUndefined());
  it("is not said of what was missed", () => expect(why({ status: "MISSED" }, "green")).toBeUndefined());
});

describe("crews", () => {
  it("do not go before the time begins", () => expect(why({ status: "GREEN" }, "crews-out")?.because).toBe("windows-because-not-begun"));
  it("do not go into what is violated", () => expect(why({ status: "VIOLATED" }, "crews-out")).toBeUndefined());
  it("hold a window open while they are out", () => expect(why({ status: "ENDED", crews_out: ["a"] }, "close")?.because).toBe("windows-because-crews-out"));
  it("are in danger outside of a running window", () => expect(["ACTIVE", "VIOLATED", "ENDED", "ABORTED"].map((status) => crewsInDanger({ status, crews_out: ["a"] }))).toEqual([false, true, true, true]));
  it("are called back before anything else is offered", () => expect(stepsOf(window({ status: "VIOLATED", crews_out: ["a"] }), "IAEA").slice(0, 2).map((one) => one.id)).toEqual(["crews-back", "abort"]));
});

describe("an assurance", () => {
  it.each([
    [{ party: "N", said: "GIVEN", means: "PAPER", covers: true }, "counts"], [{ party: "N", said: "GIVEN", means: "VOICE", covers: false }, "voice"], [{ party: "N", said: "GIVEN", means: "MESSAGE", covers: false }, "short"],
    [{ party: "N", said: "WITHDRAWN", means: "VOICE", covers: false }, "withdrawn"], [{ party: "N", said: "NOT-GIVEN", covers: false }, "refused"], [{ party: "N", said: "NONE", covers: false }, "none"],
  ])("%o: %s", (said, expected) => expect(counts(said)).toBe(expected));
});

it("a zone is said by its form", () => {
  expect(zoneText(["CIRCLE", [475700000, 344000000, 12], 1500])).toEqual({ id: "windows-zone-circle", args: { centre: "47.5700N 34.4000E", radius: "1500" } });
  expect(zoneText(["SOMETHING"]).id).toBe("windows-zone-other");
});

describe("rules in words", () => {
  const before = ["Rules “default”, version 1.", "watch: counted.", "  renewed_days: 21 days: so.", "text-near: near. Rank 50."];
  it("gathers each rule's numbers", () => expect(rulesInWords(before)).toMatchObject({ title: "Rules “default”, version 1.", rules: [{ id: "watch", numbers: [{ name: "renewed_days" }] }, { id: "text-near", numbers: [] }] }));
  it("tells what changes, and not that the version does", () => expect(changed(before, ["Rules “mine”, version 2.", "watch: counted.", "  renewed_days: 14 days: mine.", "text-near: near. Rank 50."])).toEqual({ gone: ["  renewed_days: 21 days: so."], come: ["  renewed_days: 14 days: mine."] }));
});
