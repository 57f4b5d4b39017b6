import { describe, expect, it } from "vitest";
import { cellOf, enters, expiresSoon, found, nextStep, type Notice, partiesOf, type PartyState, sheetRow, shows, waiting, whole } from "./notices.ts";

const party = (more: Partial<PartyState> = {}): PartyState => ({ party: "NDMC", line: true, state: "OWED", ...more }) as PartyState;
const notice = (more: Partial<Notice> = {}): Notice => ({
  notice: "N-1", batch: "NB-1", version: 1, kind: "SITE", reference: "ST-1", name: "Clinic", organisation: "Hub", urgency: "ROUTINE",
  from: "2022-11-20T00:00:00Z", until: "2022-11-22T00:00:00Z", valid_until: "2022-11-22T00:00:00Z", withdrawn: false, expired: false, parties: [party()], ...more,
}) as Notice;
const NOW = Date.parse("2022-11-20T12:00:00Z");

describe("a cell", () => {
  it.each([
    ["not told", {}, {}, "caution", "notices-cell-owed"],
    ["not told, without a line", {}, { line: false }, "caution", "notices-cell-owed-sheet"],
    ["not told of the newer version", {}, { holds_older: true, holds_version: 1 }, "serious", "notices-cell-owed"],
    ["drafted", {}, { state: "DRAFTED" }, "caution", "notices-cell-drafted"],
    ["released, nothing heard", {}, { state: "SENT" }, "standby", "notices-cell-released"],
    ["handed over", {}, { state: "SENT", line: false }, "standby", "notices-cell-handed"],
    ["kept by their node", {}, { state: "RECEIPTED", level: "R0" }, "standby", "notices-cell-held"],
    ["read by an officer", {}, { state: "RECEIPTED", level: "R1" }, "normal", "notices-cell-receipt"],
    ["run out", { expired: true }, { state: "RECEIPTED", level: "R1" }, "off", "notices-cell-expired"],
    ["withdrawn, and they do not know", { withdrawn: true }, { state: "OWED", sent_version: 1 }, "serious", "notices-cell-withdrawal-owed"],
    ["withdrawn before anybody was told", { withdrawn: true }, { state: "OWED" }, "off", "notices-cell-never-told"],
    ["withdrawn, and they know", { withdrawn: true }, { state: "RECEIPTED", level: "R1" }, "off", "notices-cell-withdrawn"],
    ["no longer for them", {}, { state: "OWED", no_longer_for: true, holds_version: 1 }, "serious", "notices-cell-withdrawal-owed"],
  ])("%s", (_, of, state, level, word) => {
    const cell = cellOf(notice(of), party(state));
    expect([cell.level, cell.word]).toEqual([level, word]);
  });
  it("names the older version that the party holds, and an attested receipt", () => {
    expect(cellOf(notice({ version: 3 }), party({ holds_older: true, holds_version: 2 })).older).toBe(2);
    expect(cellOf(notice(), party({ state: "RECEIPTED", level: "R1", proof: "ATTESTED" })).attested).toBe(true);
  });
});

describe("filters", () => {
  it("expiring soon is within a day, and not what has ended", () => {
    expect(expiresSoon(notice({ valid_until: "2022-11-21T11:00:00Z" }), NOW)).toBe(true);
    expect(expiresSoon(notice({ valid_until: "2022-11-21T13:00:00Z" }), NOW)).toBe(false);
    expect(expiresSoon(notice({ valid_until: "2022-11-21T11:00:00Z", withdrawn: true }), NOW)).toBe(false);
  });
  it.each([["active", true], ["owed", true], ["unread", false], ["older", false], ["ended", false], ["all", true]] as const)("%s: %s for one that nobody was told", (show, expected) => {
    expect(shows(notice(), show, NOW, "")).toBe(expected);
  });
  it("of one party look at that party alone", () => {
    const two = notice({ parties: [party(), party({ party: "IAEA", state: "RECEIPTED", level: "R1" })] });
    expect(shows(two, "owed", NOW, "IAEA")).toBe(false);
    expect(shows(two, "all", NOW, "ICRC")).toBe(false);
  });
  it("find by number, reference, name", () => {
    expect(found(notice(), " clin")).toBe(true);
    expect(found(notice(), "convoy")).toBe(false);
  });
  it("lists parties with a line first", () => {
    expect(partiesOf([notice({ parties: [party({ party: "IAEA", line: false }), party()] })]).map((one) => one.party)).toEqual(["NDMC", "IAEA"]);
  });
});

describe("a batch", () => {
  const batch = (owed: number, drafted: number, legal = 0) => ({ parties: [{ party: "NDMC", line: true, states: { OWED: owed, DRAFTED: drafted } as Record<string, number> }, { party: "IAEA", line: false, states: { OWED: 9 } as Record<string, number> }], checks_missing: { legal } as Record<string, number> });
  it("counts parties with a line alone", () => {
    expect(waiting(batch(3, 2), "draft")).toBe(3);
    expect(waiting(batch(3, 2), "release")).toBe(2);
  });
  it.each([[3, 2, 0, "draft"], [0, 2, 2, "legal"], [0, 2, 0, "release"], [0, 0, 0, undefined]])("%i owed, %i drafted, %i unchecked: %s", (owed, drafted, legal, step) => {
    expect(nextStep(batch(owed, drafted, legal))).toBe(step);
  });
  it("is done in chunks, and ends when nothing waits", async () => {
    let left = 5;
    const signed: [number, boolean][] = [];
    const told: number[] = [];
    const done = await whole("draft", async () => ({ bodies: Array.from({ length: Math.min(2, left) }, () => 0), ...batch(left, 0) }), async (bodies, first) => { signed.push([bodies.length, first]); left -= bodies.length; }, (count) => told.push(count));
    expect(done).toBe(5);
    expect(signed).toEqual([[2, true], [2, false], [1, false]]);
    expect(told.at(-1)).toBe(5);
  });
  it("ends when the node keeps offering the same", async () => {
    let rounds = 0;
    await whole("draft", async () => ({ bodies: [0, 0], ...batch(3, 0) }), async () => { rounds++; }, () => {});
    expect(rounds).toBe(2);
  });
  it("a refused chunk leaves what was entered", async () => {
    const told: number[] = [];
    let rounds = 0;
    const run = whole("draft", async () => ({ bodies: [0, 0], ...batch(4, 0) }), async () => { if (rounds++ > 0) throw new Error("refused"); }, (count) => told.push(count));
    await expect(run).rejects.toThrow("refused");
    expect(Math.max(...told)).toBe(2);
  });
});

it("a sheet enters what is new and what changed", () => {
  expect(enters({ new: 3, changed_count: 2 })).toBe(5);
});

it("the sheet of a notice that was taken back says nothing of where", () => {
  expect(sheetRow(notice({ withdrawn: true, where: "47N 34E", contact: "+41" }))).not.toContain("47N 34E");
  expect(sheetRow(notice({ where: "47N 34E" }))).toContain("47N 34E");
});
