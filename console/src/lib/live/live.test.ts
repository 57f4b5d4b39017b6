import { describe, expect, it, vi } from "vitest";
import { Live } from "../live.svelte.ts";
import type { Port } from "../live.svelte.ts";
import type { Alarm, EventFrame, Floor, StateFrame, ToWorker } from "./wire.ts";

const FLOOR = { party: "EUCOM" } as unknown as Floor;
const ALARM = { id: "a", kind: "STOP-RECEIVED" } as unknown as Alarm;
const full: StateFrame = { t: "state", seq: 1, now: "2022-11-20T14:00:00Z", alarms: [ALARM], alarms_more: 7, floor: FLOOR };
const event = (given: Partial<EventFrame> = {}): EventFrame => ({
  t: "event", seq: 2, at: "2022-11-20T14:00:01Z", topics: ["messages"], kinds: ["message"], size: 3, ...given,
});

function desk() {
  const said: ToWorker[] = [];
  const port: Port & { ended: boolean } = {
    ended: false,
    onmessage: null,
    postMessage: (message) => void said.push(message),
    terminate: () => void (port.ended = true),
  };
  const live = new Live(() => port);
  live.start("Watch 1");
  return { live, port, said };
}

describe("what screens hear", () => {
  it("only their topics, each event once, until they leave", () => {
    const { live } = desk();
    const messages = vi.fn();
    const lines = vi.fn();
    const off = live.on(["messages", "drafts"], messages);
    live.on(["lines"], lines);
    live.hear({ t: "event", event: event({ topics: ["messages", "drafts", "journal"] }) });
    off();
    live.hear({ t: "event", event: event() });
    expect(messages).toHaveBeenCalledTimes(1);
    expect(lines).not.toHaveBeenCalled();
  });

  it("all of them, whatever their topics, after a connection that was not resumed", () => {
    const { live } = desk();
    const heard = vi.fn();
    live.on(["lines"], heard);
    live.hear({ t: "state", state: full });
    expect(heard).toHaveBeenCalledExactlyOnceWith(null);
  });

  it("each of them, though another one fails", () => {
    const { live } = desk();
    const complain = vi.spyOn(console, "error").mockImplementation(() => {});
    const heard = vi.fn();
    live.on(["messages"], () => {
      throw new Error("a screen that fails");
    });
    live.on(["messages"], heard);
    live.hear({ t: "event", event: event() });
    expect(heard).toHaveBeenCalledOnce();
    expect(complain).toHaveBeenCalledOnce();
    complain.mockRestore();
  });
});

describe("what is held", () => {
  it("alarms and the floor, as the last frame that named them said", () => {
    const { live } = desk();
    live.hear({ t: "state", state: full });
    live.hear({ t: "event", event: event() });
    expect([live.alarms, live.more, live.floor]).toEqual([[ALARM], 7, FLOOR]);
    live.hear({ t: "event", event: event({ alarms: [], alarms_more: 0 }) });
    expect([live.alarms, live.more, live.floor]).toEqual([[], 0, FLOOR]);
  });

  it("nothing for an officer who may see neither", () => {
    const { live } = desk();
    live.hear({ t: "state", state: { t: "state", seq: 1, now: full.now } });
    expect([live.alarms, live.floor]).toEqual([[], null]);
  });

  it("alarms stay on the screen while the node is lost", () => {
    const { live } = desk();
    live.hear({ t: "state", state: full });
    live.hear({ t: "link", state: "lost", lostSince: 5, why: "JOURNAL-FAILED" });
    expect(live.alarms).toEqual([ALARM]);
    expect([live.state, live.lostSince, live.why]).toEqual(["lost", 5, "JOURNAL-FAILED"]);
  });

  it("the node's time, told also to who listens each second", () => {
    const { live } = desk();
    const ticked = vi.fn();
    live.onTick(ticked);
    live.hear({ t: "tick", now: 1_668_952_800_000 });
    expect(live.now()).toBe(1_668_952_800_000);
    expect(ticked).toHaveBeenCalledExactlyOnceWith(1_668_952_800_000);
  });
});

describe("its life", () => {
  it("starts one worker, with the name of the floor PC", () => {
    const { live, said } = desk();
    live.start("Watch 1");
    expect(said.filter((one) => one.t === "start")).toEqual([
      expect.objectContaining({ post: "Watch 1", url: expect.stringMatching(/^ws.*\/live$/) as unknown }),
    ]);
  });

  it("tells a new worker whether the sound is armed", () => {
    const { live, said } = desk();
    live.tellSound(true);
    live.stop();
    live.start("Watch 2");
    expect(said.at(-1)).toEqual({ t: "sound", armed: true });
  });

  it("ends with the session, forgets what it held, and says why once", () => {
    const { live, port } = desk();
    const ended = vi.fn();
    live.onEnd(ended);
    live.hear({ t: "state", state: full });
    live.hear({ t: "end", code: "SESSION-EXPIRED" });
    expect(ended).toHaveBeenCalledExactlyOnceWith("SESSION-EXPIRED");
    expect(port.ended).toBe(true);
    expect([live.alarms, live.floor]).toEqual([[], null]);
  });

  it("says when the node locks, not when it unlocks", () => {
    const { live } = desk();
    const locked = vi.fn();
    live.onLock(locked);
    live.hear({ t: "locked", locked: true });
    live.hear({ t: "locked", locked: false });
    expect(locked).toHaveBeenCalledOnce();
    expect(live.locked).toBe(false);
  });
});
