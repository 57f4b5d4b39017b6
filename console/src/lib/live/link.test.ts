import { describe, expect, it } from "vitest";
import { Link } from "./link.ts";
import { frameOf } from "./wire.ts";
import type { ToPage } from "./wire.ts";

/** What the node's end of a WebSocket is to the console: it hears frames and says some. */
class FakeSocket {
  static made: FakeSocket[] = [];
  readyState = 0;
  heard: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor(readonly url: string) {
    FakeSocket.made.push(this);
  }
  send(text: string): void {
    this.heard.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: unknown): void {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }
  die(): void {
    this.readyState = 3;
    this.onclose?.();
  }
}

function desk(status = 200) {
  FakeSocket.made = [];
  const told: ToPage[] = [];
  const clock = { ms: 0 };
  const T0 = Date.parse("2022-11-20T14:00:00Z");
  const link = new Link({
    tell: (message) => told.push(message),
    socket: (url) => new FakeSocket(url) as unknown as WebSocket,
    probe: () => Promise.resolve(status),
    mono: () => clock.ms,
    wall: () => T0 + clock.ms,
    random: () => 0,
  });
  const pass = (ms: number) => {
    for (const until = clock.ms + ms; clock.ms < until; ) {
      clock.ms += 250;
      link.tick();
    }
  };
  link.hear({ t: "start", url: "ws://localhost:7480/live", probe: "http://localhost:7480/sign-in/session", console: "tab", post: "Watch 1" });
  const now = () => new Date(T0 + clock.ms).toISOString();
  const newest = () => FakeSocket.made.at(-1) as FakeSocket;
  const greet = (resumed = false, seq = 5) => {
    newest().open();
    newest().say({ t: "hello", epoch: "aa", seq, resumed, heartbeat_s: 1, now: now(), officer: "alice", locked: false });
    if (!resumed) newest().say({ t: "state", seq, now: now(), alarms: [], floor: {} });
  };
  const links = () => told.filter((one) => one.t === "link").map((one) => one.state);
  return { link, told, pass, now, newest, greet, links };
}

describe("the connection against a node", () => {
  it("goes live, loses a killed node within five seconds, and comes back without a gap", () => {
    const { told, pass, now, newest, greet, links } = desk();
    greet();
    newest().say({ t: "event", seq: 6, at: now(), topics: ["alarms"], kinds: ["alarm"], size: 9, alarms: [] });
    expect(links()).toEqual(["connecting", "live"]);
    newest().die();
    pass(4_750);
    expect(links().at(-1)).toBe("lost");
    pass(2_000);
    newest().open();
    expect(newest().heard[0]).toMatchObject({ t: "hello", epoch: "aa", seq: 6, console: "tab", post: "Watch 1" });
    newest().say({ t: "hello", epoch: "aa", seq: 7, resumed: true, heartbeat_s: 1, now: now(), officer: "alice", locked: false });
    newest().say({ t: "event", seq: 7, at: now(), topics: ["messages"], kinds: ["message"], size: 10 });
    expect(links().at(-1)).toBe("live");
    expect(told.filter((one) => one.t === "event").map((one) => one.event.seq)).toEqual([6, 7]);
  });

  it("beats once a second while it is open", () => {
    const { pass, newest, greet } = desk();
    greet();
    pass(3_000);
    expect(newest().heard.filter((one) => one["t"] === "beat")).toHaveLength(3);
  });

  it("closes a node that has stopped speaking, and does not hear its late words", () => {
    const { told, pass, newest, greet, links } = desk();
    greet();
    const old = newest();
    pass(4_500);
    expect(old.closed).toBe(true);
    expect(links().at(-1)).toBe("lost");
    const before = told.length;
    old.say({ t: "beat", seq: 5, now: "2022-11-20T14:00:00Z" });
    expect(told).toHaveLength(before);
  });

  it("asks why it was refused, and ends when there is no session", async () => {
    const { told, newest } = desk(401);
    newest().die();
    await new Promise((resolve) => setTimeout(resolve));
    expect(told.at(-1)).toEqual({ t: "end", code: "SESSION-ENDED" });
  });
});

describe("frames", () => {
  it.each([
    ["no JSON", "{"],
    ["no object", "7"],
    ["null", "null"],
    ["a frame of another kind", '{"t":"shout","seq":1}'],
    ["an event without a number", '{"t":"event"}'],
    ["a number that is none", '{"t":"beat","seq":1.5}'],
  ])("%s is none", (_, text) => {
    expect(frameOf(text)).toBeNull();
  });

  it("bytes are none", () => {
    expect(frameOf(new ArrayBuffer(4))).toBeNull();
  });

  it("the end needs no number", () => {
    expect(frameOf('{"t":"end","code":"SIGNED-OUT"}')).toEqual({ t: "end", code: "SIGNED-OUT" });
  });
});
