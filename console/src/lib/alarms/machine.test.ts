import { describe, expect, it } from "vitest";
import type { Alarm, Bell } from "../live/wire.ts";
import { bellOf, GROUP_FROM, itemOf, ordered, PASSED_MS, QUIET, REMIND_MS, rowsOf, SECOND_SOUND_MS, SILENCE_MS, step } from "./machine.ts";
import type { AlarmInput, AlarmState, AlarmStep, Locals, Spoken, View } from "./machine.ts";

const T0 = Date.parse("2022-11-20T14:00:00Z");
const iso = (ms: number) => new Date(T0 + ms).toISOString();

function alarm(id: string, given: Partial<Alarm> & { raised?: number } = {}): Alarm {
  const { raised = 0, ...rest } = given;
  return {
    id, kind: "MESSAGE-RECEIVED", sentence: "A message arrived.", detail: "", line: "", raised_at: iso(raised),
    accepted_at: null, accepted_by: null, ended_at: null, bell: "warning", state: "unaccepted", ...rest,
  };
}
const flash = (id: string, given: Partial<Alarm> & { raised?: number } = {}) =>
  alarm(id, { kind: "FLASH-RECEIVED", bell: "flash", ...given });
const stop = (id: string, given: Partial<Alarm> & { raised?: number } = {}) =>
  alarm(id, { kind: "STOP-RECEIVED", bell: "flash", ...given });

const CALM: Locals = { lostSince: null, unarmed: false, drift: false };

class Desk {
  state: AlarmState = QUIET;
  last: AlarmStep = step(QUIET, { kind: "tick" }, T0);
  spoken: Spoken[] = [];
  at(ms: number, input: AlarmInput): this {
    this.last = step(this.state, input, T0 + ms);
    this.state = this.last.state;
    this.spoken.push(...this.last.spoken);
    return this;
  }
  node(ms: number, ...alarms: Alarm[]): this {
    return this.at(ms, { kind: "node", alarms });
  }
  tick(ms: number): this {
    return this.at(ms, { kind: "tick" });
  }
  get view(): View {
    return this.last.view;
  }
  get ring(): string {
    const { ring } = this.view;
    return ring === null ? "" : `${ring.bell}${ring.fast ? "!" : ""}`;
  }
}

describe("what rings", () => {
  it.each<[string, Alarm[], string]>([
    ["nothing", [], ""],
    ["one warning", [alarm("a")], "warning"],
    ["the more urgent of two", [alarm("a"), alarm("b", { kind: "FORK", bell: "alarm" })], "alarm"],
    ["a FLASH before everything", [alarm("a", { bell: "caution" }), flash("b"), alarm("c")], "flash"],
    ["an accepted one no longer", [alarm("a", { accepted_at: iso(1), state: "accepted" })], ""],
    ["an answered one no longer", [flash("a", { state: "answered" })], ""],
    ["a rectified one is seen, not heard", [alarm("a", { ended_at: iso(1) })], ""],
    ["a rectified FLASH goes on", [flash("a", { ended_at: iso(1) })], "flash"],
    ["a shelved one not", [alarm("a", { shelved_until: iso(60_000) })], ""],
    ["a shelf that is over rings", [alarm("a", { shelved_until: iso(1_000) })], "warning"],
    ["a FLASH cannot be shelved, whatever the node says", [flash("a", { shelved_until: iso(60_000) })], "flash"],
    ["one silenced for the whole floor", [alarm("a", { silenced_until: iso(30_000) })], ""],
  ])("%s", (_, alarms, heard) => {
    expect(new Desk().node(2_000, ...alarms).ring).toBe(heard);
  });

  it.each<[string, Partial<Alarm>, Bell]>([
    ["a STOP with a lesser bell", { kind: "STOP-RECEIVED", bell: "caution" }, "flash"],
    ["a message of FLASH precedence", { kind: "MESSAGE-RECEIVED", bell: "warning", precedence: "FLASH" }, "flash"],
    ["a kind without a bell", { kind: "NEW-KIND", bell: undefined }, "alarm"],
    ["a stopped drill", { kind: "DRILL-STOPPED", bell: "warning" }, "warning"],
  ])("the bell of %s", (_, given, bell) => {
    expect(bellOf(alarm("a", given))).toBe(bell);
  });
});

describe("the second sound", () => {
  it.each([
    [SECOND_SOUND_MS - 1, "warning"],
    [SECOND_SOUND_MS, "warning!"],
  ])("after %d ms it rings %s", (ms, heard) => {
    expect(new Desk().node(0, alarm("a")).tick(ms).ring).toBe(heard);
  });

  it("is that of the most urgent bell, not of an older lesser alarm", () => {
    expect(new Desk().node(70_000, alarm("a"), flash("b", { raised: 69_000 })).ring).toBe("flash");
  });
});

describe("silence", () => {
  it("ends by itself after half a minute and has accepted nothing", () => {
    const desk = new Desk().node(0, alarm("a")).at(1_000, { kind: "silence" });
    expect(desk.ring).toBe("");
    expect(desk.view.count).toBe(1);
    expect(desk.view.items[0]).toMatchObject({ state: "unaccepted", silenced: true });
    expect(desk.tick(1_000 + SILENCE_MS - 1).ring).toBe("");
    expect(desk.tick(1_000 + SILENCE_MS).ring).toBe("warning");
    expect(desk.view.silencedUntil).toBeNull();
  });

  it("is broken by a new alarm, for all of them", () => {
    const desk = new Desk().node(0, flash("a")).at(1_000, { kind: "silence" }).node(2_000, flash("a"), alarm("b"));
    expect(desk.ring).toBe("flash");
  });

  it("is not broken by an alarm that does not ring", () => {
    const desk = new Desk().node(0, flash("a")).at(1_000, { kind: "silence" });
    desk.node(2_000, flash("a"), alarm("b", { shelved_until: iso(60_000) }));
    expect(desk.ring).toBe("");
  });

  it("does not stop the second sound from coming", () => {
    const desk = new Desk().node(0, alarm("a")).at(40_000, { kind: "silence" });
    expect(desk.tick(70_000).ring).toBe("warning!");
  });

  it("does not outlast its time when the clock is set back", () => {
    const desk = new Desk().node(0, alarm("a")).at(100_000, { kind: "silence" }).tick(0);
    expect(desk.ring).toBe("warning");
  });

  it("of nothing is no silence for what comes", () => {
    const desk = new Desk().at(0, { kind: "silence" }).node(1_000, alarm("a", { raised: 1_000 }));
    expect(desk.ring).toBe("warning");
  });

  it("of one that was accepted leaves the rest silenced", () => {
    const desk = new Desk().node(0, alarm("a"), flash("b")).at(1_000, { kind: "silence" }).node(2_000, alarm("a"));
    expect(desk.ring).toBe("");
  });
});

describe("passing on", () => {
  const passed = alarm("a", { passed_to: "bob", passed_at: iso(1_000) });
  it("rings at the console of whom it was passed to, not here", () => {
    expect(new Desk().node(2_000, passed).ring).toBe("");
    expect(new Desk().at(0, { kind: "who", names: ["legal-adviser", "bob"] }).node(2_000, passed).ring).toBe("warning");
  });

  it("still counts here, and is named", () => {
    const desk = new Desk().node(2_000, passed);
    expect(desk.view.count).toBe(1);
    expect(desk.view.items[0]?.passedTo).toBe("bob");
  });

  it("rings here again when nobody there accepted", () => {
    expect(new Desk().node(2_000, passed).tick(1_000 + PASSED_MS).ring).toBe("warning!");
  });

  it("a FLASH rings everywhere", () => {
    expect(new Desk().node(2_000, flash("a", { passed_to: "bob", passed_at: iso(1_000) })).ring).toBe("flash");
  });

  it("without an instant it rings on", () => {
    expect(new Desk().node(2_000, alarm("a", { passed_to: "bob" })).ring).toBe("warning");
  });
});

describe("this console's own alarms", () => {
  it.each<[string, Partial<Locals>, string]>([
    ["a lost node", { lostSince: T0 }, "alarm"],
    ["sound not armed", { unarmed: true }, "warning"],
    ["drift", { drift: true }, "caution"],
  ])("%s", (_, locals, heard) => {
    const desk = new Desk().at(0, { kind: "local", locals: { ...CALM, ...locals } });
    expect(desk.ring).toBe(heard);
    expect(desk.at(1_000, { kind: "local", locals: CALM }).ring).toBe("");
    expect(desk.view.items).toEqual([]);
  });

  it("the alarms known before the node was lost stay", () => {
    const desk = new Desk().node(0, flash("a")).at(5_000, { kind: "local", locals: { ...CALM, lostSince: T0 } });
    expect(desk.view.items.map((one) => one.kind)).toEqual(["FLASH-RECEIVED", "NODE-LOST"]);
  });

  it("accepted here it is quiet, yet seen, and said again later", () => {
    const desk = new Desk().at(0, { kind: "local", locals: { ...CALM, lostSince: T0 } });
    const id = desk.view.items[0]?.id ?? "";
    desk.at(1_000, { kind: "accept-local", id });
    expect(desk.ring).toBe("");
    expect(desk.view.items[0]?.state).toBe("accepted");
    expect(desk.tick(1_000 + REMIND_MS).ring).toBe("alarm");
  });

  it("lost again is another alarm", () => {
    const desk = new Desk().at(0, { kind: "local", locals: { ...CALM, lostSince: T0 } });
    desk.at(1_000, { kind: "accept-local", id: desk.view.items[0]?.id ?? "" });
    desk.at(2_000, { kind: "local", locals: CALM }).at(9_000, { kind: "local", locals: { ...CALM, lostSince: T0 + 5_000 } });
    expect(desk.ring).toBe("alarm");
  });
});

describe("a flood", () => {
  const many = (count: number, make: (id: string) => Alarm) => Array.from({ length: count }, (_, n) => make(`m${n}`));

  it("400 of one kind are one bell, one row with the count, spoken once; FLASH and STOP stand before it", () => {
    const flood = many(400, (id) => alarm(id));
    const desk = new Desk().node(0, ...flood, flash("f"), stop("s"));
    expect(desk.ring).toBe("flash");
    expect(desk.view.rows.map((row) => [row.first.kind, row.items.length])).toEqual([
      ["STOP-RECEIVED", 1],
      ["FLASH-RECEIVED", 1],
      ["MESSAGE-RECEIVED", 400],
    ]);
    expect(desk.view).toMatchObject({ count: 402, flashes: 2 });
    expect(desk.spoken.map((one) => one.count)).toEqual([1, 1, 400]);
  });

  it("counts what the node did not send for their number", () => {
    const desk = new Desk().at(0, { kind: "node", alarms: many(100, (id) => alarm(id)), more: 300 });
    expect(desk.view.count).toBe(400);
  });

  it("never puts one FLASH behind another", () => {
    const desk = new Desk().node(0, ...many(400, (id) => flash(id)));
    expect(desk.view.rows).toHaveLength(400);
  });

  it.each([
    [GROUP_FROM - 1, GROUP_FROM - 1],
    [GROUP_FROM, 1],
  ])("%d of one kind are %d rows", (count, rows) => {
    expect(new Desk().node(0, ...many(count, (id) => alarm(id))).view.rows).toHaveLength(rows);
  });

  it("does not mix what is shelved or rectified with what waits", () => {
    const desk = new Desk().node(
      0,
      ...many(5, (id) => alarm(id)),
      ...many(5, (id) => alarm(`e${id}`, { ended_at: iso(0) })),
      ...many(5, (id) => alarm(`s${id}`, { shelved_until: iso(9_000) })),
    );
    expect(desk.view.rows.map((row) => row.items.length)).toEqual([5, 5, 5]);
    expect(desk.view.count).toBe(10);
  });
});

describe("order", () => {
  it("STOP, FLASH, alarm, warning, caution; waiting before accepted; oldest first", () => {
    const items = [
      alarm("caution", { bell: "caution" }),
      flash("accepted", { state: "accepted", accepted_at: iso(0) }),
      alarm("younger", { raised: 5 }),
      alarm("older", { raised: 1 }),
      alarm("rectified", { raised: 0, ended_at: iso(0) }),
      alarm("alarm", { kind: "FORK", bell: "alarm", raised: 9 }),
      flash("flash", { raised: 9 }),
      stop("stop", { raised: 10 }),
    ].map((one) => itemOf(one, T0 + 20));
    expect(ordered(items).map((one) => one.id)).toEqual([
      "stop", "flash", "alarm", "older", "younger", "rectified", "caution", "accepted",
    ]);
  });

  it("rows keep the order of their first", () => {
    const items = ordered([alarm("b", { raised: 2 }), alarm("a", { raised: 1 })].map((one) => itemOf(one, T0)));
    expect(rowsOf(items).map((row) => row.key)).toEqual(["a", "b"]);
  });

  it("the bar has nothing when nothing waits", () => {
    expect(new Desk().node(0, alarm("a", { state: "accepted" })).view.top).toBeNull();
  });
});

describe("speech", () => {
  it("says each alarm once, however often the node sends it", () => {
    const desk = new Desk().node(0, alarm("a")).node(1_000, alarm("a")).node(2_000).node(3_000, alarm("a")).tick(90_000);
    expect(desk.spoken).toHaveLength(1);
  });

  it("says a new one beside an old one alone", () => {
    const desk = new Desk().node(0, alarm("a")).node(1_000, alarm("a"), flash("b"));
    expect(desk.spoken.map((one) => one.item.id)).toEqual(["a", "b"]);
  });

  it("does not say what is accepted", () => {
    expect(new Desk().node(0, alarm("a", { state: "accepted" })).spoken).toEqual([]);
  });
});
