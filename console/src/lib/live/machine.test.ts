import { describe, expect, it } from "vitest";
import { backOff, LOST_MS, median, step, STOPPED } from "./machine.ts";
import type { Effect, LinkEvent, LinkState } from "./machine.ts";
import type { Floor, ServerFrame } from "./wire.ts";

const FLOOR = { party: "EUCOM" } as unknown as Floor;
const T0 = Date.parse("2022-11-20T14:00:00Z");
const iso = (ms: number) => new Date(T0 + ms).toISOString();

/** A console at a time: each call is one event at so many milliseconds. */
class Desk {
  state: LinkState = STOPPED;
  effects: Effect[] = [];
  constructor(readonly skew = 0) {}
  at(ms: number, event: LinkEvent, sleptMs = 0): this {
    const after = step(this.state, event, { mono: ms, wall: T0 + ms + sleptMs + this.skew });
    this.state = after.state;
    this.effects.push(...after.effects);
    return this;
  }
  frame(ms: number, frame: ServerFrame): this {
    return this.at(ms, { kind: "frame", socket: this.state.socket, frame });
  }
  ticks(from: number, until: number): this {
    for (let ms = from; ms <= until; ms += 250) this.at(ms, { kind: "tick" });
    return this;
  }
  taken(): Effect[] {
    const found = this.effects;
    this.effects = [];
    return found;
  }
  did(what: string): Effect[] {
    return this.effects.filter((one) => one.do === what || (one.do === "tell" && one.message.t === what));
  }
  get shown(): string | null {
    return this.state.told;
  }
}

const hello = (ms: number, seq: number, resumed = false, epoch = "aa"): ServerFrame => ({
  t: "hello", epoch, seq, resumed, heartbeat_s: 1, now: iso(ms), officer: "alice", locked: false,
});
const full = (ms: number, seq: number): ServerFrame => ({ t: "state", seq, now: iso(ms), alarms: [], floor: FLOOR });
const event = (seq: number): ServerFrame => ({ t: "event", seq, at: iso(0), topics: ["messages"], kinds: ["message"], size: 1 });
const beat = (ms: number, seq: number): ServerFrame => ({ t: "beat", seq, now: iso(ms) });
const START: LinkEvent = { kind: "start", console: "tab", post: "Watch 1", jitter: 0 };

function liveDesk(skew = 0): Desk {
  const desk = new Desk(skew).at(0, START).at(10, { kind: "opened", socket: 1 });
  desk.frame(20, hello(20, 5)).frame(30, full(30, 5));
  return desk;
}

describe("coming live", () => {
  it("says hello with nothing held, and is live with the full state", () => {
    const desk = liveDesk();
    expect(desk.did("open")).toEqual([{ do: "open", socket: 1 }]);
    expect(desk.did("send")).toEqual([
      { do: "send", socket: 1, frame: { t: "hello", epoch: null, seq: null, console: "tab", post: "Watch 1" } },
    ]);
    expect(desk.shown).toBe("live");
    expect(desk.state).toMatchObject({ epoch: "aa", seq: 5 });
  });

  it("is not live by the greeting alone", () => {
    const desk = new Desk().at(0, START).at(10, { kind: "opened", socket: 1 }).frame(20, hello(20, 5));
    expect(desk.shown).toBe("connecting");
  });

  it("tells the state of the sound again after each connection", () => {
    const desk = liveDesk().at(40, { kind: "sound", armed: true }).at(50, { kind: "closed", socket: 1 });
    desk.ticks(250, 750).taken();
    desk.at(800, { kind: "opened", socket: 2 });
    expect(desk.did("send").map((one) => (one.do === "send" ? one.frame.t : ""))).toEqual(["hello", "sound"]);
  });
});

describe("numbers", () => {
  it.each([
    ["the next number is taken", [6, 7], 7, 0],
    ["a number seen before is left", [6, 6, 5], 6, 0],
    ["a hole brings a new connection", [7], 5, 1],
  ])("%s", (_, numbers, seq, closes) => {
    const desk = liveDesk();
    desk.taken();
    for (const number of numbers) desk.frame(40, event(number));
    expect(desk.state.seq).toBe(seq);
    expect(desk.did("close")).toHaveLength(closes);
  });

  it("a beat ahead of what came is a hole", () => {
    const desk = liveDesk().frame(40, beat(40, 6));
    expect(desk.did("close")).toHaveLength(1);
    expect(desk.shown).toBe("connecting");
  });

  it("a frame that cannot be read is a hole", () => {
    const desk = liveDesk().at(40, { kind: "frame", socket: 1, frame: null });
    expect(desk.did("close")).toHaveLength(1);
  });

  it("resumes from the last number, and misses nothing", () => {
    const desk = liveDesk().frame(40, event(6)).at(50, { kind: "closed", socket: 1 }).ticks(250, 500);
    desk.taken();
    desk.at(600, { kind: "opened", socket: 2 });
    expect(desk.did("send")[0]).toMatchObject({ frame: { epoch: "aa", seq: 6 } });
    desk.frame(610, hello(610, 8, true)).frame(611, event(7)).frame(612, event(8)).frame(613, beat(613, 8));
    expect(desk.shown).toBe("live");
    expect(desk.state.seq).toBe(8);
    expect(desk.did("event")).toHaveLength(2);
    expect(desk.did("close")).toHaveLength(0);
  });

  it("asks for everything when a resumed line has a hole again", () => {
    const desk = liveDesk().frame(40, event(9)).ticks(250, 500).at(600, { kind: "opened", socket: 2 });
    desk.frame(610, hello(610, 9, true)).frame(620, event(9)).ticks(750, 1_500).taken();
    desk.at(1_600, { kind: "opened", socket: 3 });
    expect(desk.did("send")[0]).toMatchObject({ frame: { epoch: null, seq: null } });
  });

  it.each([
    ["another epoch", hello(700, 9, true, "bb")],
    ["fewer numbers than ours", hello(700, 2, true)],
  ])("does not believe a resumption in %s", (_, frame) => {
    const desk = liveDesk().at(50, { kind: "closed", socket: 1 }).ticks(250, 500).at(600, { kind: "opened", socket: 2 });
    desk.frame(700, frame);
    expect(desk.state).toMatchObject({ phase: "waiting", epoch: null, seq: null });
  });

  it("takes the new epoch after a restart of the node", () => {
    const desk = liveDesk().at(50, { kind: "closed", socket: 1 }).ticks(250, 500).at(600, { kind: "opened", socket: 2 });
    desk.frame(700, hello(700, 0, false, "bb")).frame(710, full(710, 0)).frame(720, event(1));
    expect(desk.state).toMatchObject({ epoch: "bb", seq: 1 });
    expect(desk.shown).toBe("live");
  });
});

describe("a lost node", () => {
  it("is lost within five seconds of its last word, not before four", () => {
    const desk = liveDesk().frame(1_000, beat(1_000, 5)).at(1_010, { kind: "closed", socket: 1 }).ticks(1_250, 4_750);
    expect(desk.shown).toBe("connecting");
    desk.ticks(5_000, 5_250);
    expect(desk.shown).toBe("lost");
    expect(desk.state.lostSince).toBe(T0 + 1_000);
  });

  it("is lost also when nobody closed the way, and the way is given up", () => {
    const desk = liveDesk().ticks(250, 30 + LOST_MS + 250);
    expect(desk.shown).toBe("lost");
    expect(desk.did("close")).toHaveLength(1);
  });

  it("is lost when it was never there", () => {
    const desk = new Desk().at(0, START).at(5, { kind: "closed", socket: 1 }).ticks(250, 4_000);
    expect(desk.shown).toBe("lost");
  });

  it("stays lost until it is live again, not until it answers", () => {
    const desk = liveDesk().at(50, { kind: "closed", socket: 1 }).ticks(250, 4_250);
    const { socket } = desk.state;
    desk.at(4_300, { kind: "opened", socket }).frame(4_310, hello(4_310, 0, false, "bb"));
    expect(desk.shown).toBe("lost");
    desk.frame(4_320, full(4_320, 0));
    expect(desk.shown).toBe("live");
    expect(desk.state.lostSince).toBeNull();
  });

  it("gives up a socket that never opens", () => {
    const desk = new Desk().at(0, START).ticks(250, 4_250);
    expect(desk.did("close")).toEqual([{ do: "close", socket: 1 }]);
    expect(desk.did("probe")).toHaveLength(1);
  });

  it("does not hear what an older socket still says", () => {
    const desk = liveDesk().at(50, { kind: "closed", socket: 1 }).ticks(250, 500);
    desk.at(600, { kind: "frame", socket: 1, frame: event(6) });
    expect(desk.state.seq).toBe(5);
  });

  it("never keeps more than one socket", () => {
    const desk = new Desk().at(0, START);
    const open = new Set<number>();
    for (let ms = 250; ms < 40_000; ms += 250) {
      if (ms % 1_750 === 0) {
        open.delete(desk.state.socket);
        desk.at(ms, { kind: "closed", socket: desk.state.socket });
      }
      desk.at(ms, { kind: "tick" });
      for (const one of desk.taken()) {
        if (one.do === "close") open.delete(one.socket);
        if (one.do === "open") open.add(one.socket);
      }
      expect(open.size).toBeLessThanOrEqual(1);
    }
    expect(desk.state.socket).toBeGreaterThan(5);
  });

  it("tries again at once when the page is seen again", () => {
    const desk = liveDesk().at(50, { kind: "closed", socket: 1 });
    desk.taken();
    desk.at(60, { kind: "wake" });
    expect(desk.did("open")).toEqual([{ do: "open", socket: 2 }]);
  });
});

describe("waiting", () => {
  it.each([
    [0, 0, 250],
    [1, 0, 500],
    [2, 0, 1_000],
    [3, 0, 2_000],
    [99, 0, 2_000],
    [3, 1, 1_600],
  ])("after %d failures with jitter %d: %d ms", (failures, jitter, ms) => {
    expect(backOff(failures, jitter)).toBe(ms);
  });

  it("begins short again after it was live", () => {
    expect(liveDesk().state.failures).toBe(0);
  });
});

describe("the session's end", () => {
  it("ends by the node's word once its HTTP says the same, and stays ended", () => {
    const desk = liveDesk().frame(40, { t: "end", code: "SESSION-EXPIRED" });
    expect(desk.did("probe")).toHaveLength(1);
    desk.at(60, { kind: "probed", status: 401 }).ticks(250, 9_000);
    expect(desk.did("end")).toEqual([{ do: "tell", message: { t: "end", code: "SESSION-EXPIRED" } }]);
    expect(desk.did("open")).toHaveLength(1);
  });

  it("a node that stops ends no session: it is lost, and found again", () => {
    const desk = liveDesk().frame(40, { t: "end", code: "NODE-STOPPING" }).ticks(250, 4_250);
    expect(desk.did("end")).toHaveLength(0);
    expect(desk.shown).toBe("lost");
    expect(desk.did("link").at(-1)).toMatchObject({ message: { why: "NODE-STOPPING" } });
    desk.at(4_300, { kind: "opened", socket: desk.state.socket });
    desk.frame(4_310, hello(4_310, 0, false, "bb")).frame(4_320, full(4_320, 0));
    expect(desk.shown).toBe("live");
  });

  it("a node that speaks only to refuse is lost", () => {
    const desk = liveDesk();
    for (let ms = 250; ms <= 5_000; ms += 250) {
      desk.at(ms, { kind: "tick" });
      if (desk.state.phase === "opening") {
        desk.at(ms, { kind: "opened", socket: desk.state.socket }).frame(ms, { t: "end", code: "CONSOLES-FULL" });
      } else if (ms === 250) desk.at(ms, { kind: "closed", socket: 1 });
    }
    expect(desk.shown).toBe("lost");
  });

  it("tells when the node locks the session", () => {
    const desk = liveDesk().frame(1_000, { t: "beat", seq: 5, now: iso(1_000), locked: true });
    desk.frame(2_000, { t: "beat", seq: 5, now: iso(2_000), locked: true });
    expect(desk.did("locked")).toEqual([{ do: "tell", message: { t: "locked", locked: true } }]);
  });

  it("ends when a refused connection turns out to be no session", () => {
    const desk = new Desk().at(0, START).at(5, { kind: "closed", socket: 1 });
    expect(desk.did("probe")).toHaveLength(1);
    desk.at(20, { kind: "probed", status: 401 });
    expect(desk.did("end")).toHaveLength(1);
  });

  it.each([200, 423, 500, 503])("goes on when the probe says %d", (status) => {
    const desk = new Desk().at(0, START).at(5, { kind: "closed", socket: 1 }).at(20, { kind: "probed", status });
    expect(desk.did("end")).toHaveLength(0);
  });
});

describe("sleep", () => {
  it.each([
    ["a timer that stood still", 6_500, 0],
    ["a wall clock that ran on alone", 1_250, 60_000],
  ])("connects anew at once after %s, and says so", (_, mono, slept) => {
    const desk = liveDesk().ticks(250, 1_000);
    desk.taken();
    desk.at(mono, { kind: "tick" }, slept);
    expect(desk.did("close")).toHaveLength(1);
    expect(desk.did("open")).toHaveLength(1);
    expect(desk.did("slept")).toHaveLength(1);
    expect(desk.shown).toBe("connecting");
  });

  it("takes a late timer for a busy computer", () => {
    const desk = liveDesk().at(250, { kind: "tick" }).at(3_250, { kind: "tick" });
    expect(desk.did("slept")).toHaveLength(0);
  });
});

describe("the node's time", () => {
  it("beats each second, and ticks each second, in the node's time", () => {
    const desk = liveDesk(-1_500);
    desk.taken();
    for (let ms = 250; ms <= 4_000; ms += 250) {
      desk.at(ms, { kind: "tick" });
      if (ms % 1_000 === 0) desk.frame(ms, beat(ms, 5));
    }
    const beats = desk.did("send");
    expect(beats.length).toBeGreaterThanOrEqual(3);
    expect(desk.did("tick").at(-1)).toMatchObject({ message: { now: T0 + 4_000 } });
  });

  it.each([
    [0, false],
    [1_900, false],
    [2_100, true],
    [-2_100, true],
    [3_600_000, true],
  ])("a computer %d ms off: drift %s", (skew, drift) => {
    const desk = liveDesk(skew);
    for (let second = 1; second <= 5; second += 1) desk.frame(second * 1_000, beat(second * 1_000, 5));
    expect(desk.state.drift).toBe(drift);
    expect(desk.state.offset).toBe(skew === 0 ? 0 : -skew);
  });

  it("one late frame is no drift", () => {
    const desk = liveDesk();
    for (let second = 1; second <= 5; second += 1) desk.frame(second * 1_000, beat(second === 3 ? -4_000 : second * 1_000, 5));
    expect(desk.state.drift).toBe(false);
  });

  it("ends well below its limit, not at it", () => {
    const desk = liveDesk(2_100);
    for (let second = 1; second <= 4; second += 1) desk.frame(second * 1_000, beat(second * 1_000, 5));
    expect(desk.state.drift).toBe(true);
    for (let second = 5; second <= 15; second += 1) desk.frame(second * 1_000, beat(second * 1_000 + 300, 5));
    expect(desk.state.drift).toBe(true);
    for (let second = 16; second <= 30; second += 1) desk.frame(second * 1_000, beat(second * 1_000 + 1_000, 5));
    expect(desk.state.drift).toBe(false);
  });

  it.each([
    [[], 0],
    [[3], 3],
    [[9, 1, 5], 5],
  ])("median of %j is %d", (values, found) => {
    expect(median(values)).toBe(found);
  });
});
