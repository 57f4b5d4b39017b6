import { describe, expect, it } from "vitest";
import { accounts, heldUntil, holdReason, near, ordered, pillarRows, ruleAndReason, spokenFor, standing, stepsOf, unassessed, urgency, utcOf, type Report, type Row } from "./concerns.ts";
import { againstOf, reasonOf } from "./sentences.ts";

const row = (given: Partial<Row>): Row => ({ id: "C-2022-0001", facility: "UA-ZNPP", status: "FLAGGED", rank: 50, flagged_at: "2022-11-20T11:00:00Z", history: [], ...given }) as Row;
const report = (given: Partial<Report>): Report => ({ report_id: "r", kind: "EVENT", what: "SHELLING", place: "47.5122N 34.5858E", uncertainty_m: 1000, who_says: "one", ...given }) as Report;

describe("the list", () => {
  it("has what nobody assessed first, then the open, then the ended, each by rank", () => {
    const rows = [row({ id: "a", status: "CLOSED", rank: 99 }), row({ id: "b", status: "HELD", rank: 90 }), row({ id: "c", rank: 40 }), row({ id: "d", status: "CORROBORATED", rank: 70 })];
    expect(ordered(rows).map((one) => one.id)).toEqual(["d", "c", "b", "a"]);
  });
  it("knows that corroborated is not assessed, and pursued is", () => expect(["CORROBORATED", "PURSUED"].map((status) => unassessed({ status }))).toEqual([true, false]));
  it.each([[80, "never-held"], [79, "high"], [40, "usual"], [39, "low"]])("rank %i is %s", (rank, id) => expect(urgency(rank).id).toBe(id));
});

describe("what a person may do", () => {
  it("never dismisses what was conveyed", () => expect(stepsOf("CONVEYED")).toEqual(["close"]));
  it("offers nothing from a state that a newer node may name", () => expect(stepsOf("SOMETHING")).toEqual([]));
  it("reads the hold's end back from the reason that was signed", () => {
    const held = { step: "hold", at: "2022-11-20T12:00:00Z", officer: "w", reason: holdReason("2022-11-20T18:00:00Z", "wait for the IAEA") };
    expect(heldUntil(row({ status: "HELD", history: [held] as unknown as Row["history"] }))).toBe("2022-11-20T18:00:00Z");
    expect(heldUntil(row({ status: "PURSUED", history: [held] as unknown as Row["history"] }))).toBeUndefined();
  });
  it("takes a local field for UTC, and nothing that is no time", () => expect([utcOf("2022-11-20T18:00"), utcOf("tomorrow"), utcOf("")]).toEqual(["2022-11-20T18:00:00Z", undefined, undefined]));
});

describe("why it is here", () => {
  it("parts rule and sentence", () => expect(ruleAndReason("[text-near] A text tells.")).toEqual({ rule: "text-near", sentence: "A text tells." }));
  it("leaves a reason without a rule whole", () => expect(ruleAndReason("Fires.")).toEqual({ rule: "", sentence: "Fires." }));
  it("says each sentence once, and no person's steps among them", () => {
    const step = (kind: string, reason: string) => ({ step: kind, at: null, officer: "", reason });
    const history = [step("flag", "[a] x"), step("pursue", "because"), step("corroborate", "[a] x"), step("corroborate", "[b] y")] as unknown as Row["history"];
    expect(spokenFor(row({ history })).map((one) => one.reason)).toEqual(["[a] x", "[b] y"]);
  });
  it("says the node's sentences again in another language, with their numbers", () => {
    expect(againstOf("None lies within 1 km of the site.")).toEqual({ id: "concerns-against-none-within", args: { km: "1" } });
    expect(reasonOf("16 hot spots within 5 km, 4 of them within 2 km; 1 in the 28 days before, at most 1 on one; 1 in the ring around.")?.args).toMatchObject({ count: 16, km: "5", core: "4", days: 28 });
    expect(reasonOf("A text tells of it near the site: EVENT of UNKNOWN-EXPLOSIONS, grade A2; placed 0.0 km N of it, known within 1000 m.")?.args).toMatchObject({ what: "UNKNOWN-EXPLOSIONS", grade: "A2", metres: "1000" });
  });
  it("never guesses at a sentence that it does not know", () => expect([againstOf("Something new."), reasonOf("Something new.")]).toEqual([undefined, undefined]));
});

describe("how near", () => {
  it.each([[4000, 1000, "INSIDE"], [4001, 1000, "POSSIBLY"], [6000, 1000, "POSSIBLY"], [6001, 1000, "OUTSIDE"]] as const)("%i m with a doubt of %i m and a ring of 5 km is %s", (edge, doubt, said) => expect(standing(edge, doubt, 5000)).toBe(said));
  const site = { place: "47.5122N 34.5858E", site_radius_m: 1000, rings_m: [30000, 5000, 10000] };
  it("measures from the edge, and names the narrowest ring", () => {
    const found = near(site, { place: "47.5122N 34.6519E", uncertainty_m: 100 });
    expect(found).toMatchObject({ standing: "INSIDE", ring_m: 5000 });
    expect(found?.edge_m).toBeGreaterThan(3900);
    expect(found?.edge_m).toBeLessThan(4100);
  });
  it("prefers what may be nearer to what is surely farther", () => expect(near(site, { place: "47.5122N 34.6519E", uncertainty_m: 3000 })).toMatchObject({ standing: "POSSIBLY", ring_m: 5000 }));
  it("says nothing of a place that it cannot read", () => expect(near(site, { place: "?", uncertainty_m: 1 })).toBeUndefined());
});

describe("accounts", () => {
  it("keeps each who says so apart, and counts hot spots with nobody", () => {
    const found = accounts([report({ report_id: "1" }), report({ report_id: "2", who_says: "two" }), report({ report_id: "3" }), report({ report_id: "4", what: "HOT-SPOT", who_says: "FIRMS" })]);
    expect(found.map((one) => [one.who, one.reports.length])).toEqual([["one", 2], ["two", 1]]);
  });
  it("shows the newest word of each source, and that they differ", () => {
    const said = (source: string, status: string, as_of: string) => ({ pillar: "OFF-SITE-POWER", status, note: null, source, as_of });
    const [power] = pillarRows([said("IAEA", "LOST", "2022-11-01T00:00:00Z"), said("IAEA", "HELD", "2022-11-20T00:00:00Z"), said("press", "LOST", "2022-11-19T00:00:00Z")]);
    expect(power?.said.map((one) => [one.source, one.status])).toEqual([["IAEA", "HELD"], ["press", "LOST"]]);
    expect(power?.differ).toBe(true);
  });
});
