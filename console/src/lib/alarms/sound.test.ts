import { describe, expect, it, vi } from "vitest";
import type { Bell } from "../live/wire.ts";
import { AHEAD_S, arranged, BELL_TABLE, burst, everyOf, PARTIALS, SILENT, Sound } from "./sound.ts";
import type { Plan } from "./sound.ts";
import type { Ring } from "./machine.ts";
import { titleOf } from "./title.ts";

const BELLS = Object.keys(BELL_TABLE) as Bell[];

describe("the bells", () => {
  it("each has its own tune", () => {
    const tunes = BELLS.map((bell) => burst({ bell, fast: false }).map((one) => Math.round(one.hertz)).join(" "));
    expect(new Set(tunes).size).toBe(BELLS.length);
  });

  it("the urgent ones are bursts of five pulses every two and a half seconds", () => {
    for (const bell of ["flash", "alarm"] as const) {
      expect(burst({ bell, fast: false })).toHaveLength(5);
      expect(everyOf({ bell, fast: false })).toBe(2.5);
    }
  });

  it("has three harmonics whose shares are a whole", () => {
    expect(PARTIALS.map((one) => one.times)).toEqual([1, 2, 3]);
    expect(PARTIALS.reduce((sum, one) => sum + one.share, 0)).toBeCloseTo(1);
  });

  it.each(BELLS)("%s: pulses do not overlap, and the burst ends before the next; fast is faster and higher", (bell) => {
    for (const fast of [false, true]) {
      const pulses = burst({ bell, fast });
      pulses.slice(1).forEach((one, index) => {
        const before = pulses[index];
        expect(one.at).toBeGreaterThan((before?.at ?? 0) + (before?.length ?? 0));
      });
      const last = pulses.at(-1);
      expect((last?.at ?? 0) + (last?.length ?? 0)).toBeLessThan(everyOf({ bell, fast }));
    }
    expect(everyOf({ bell, fast: true })).toBeLessThan(everyOf({ bell, fast: false }));
    expect(burst({ bell, fast: true })[0]?.hertz).toBeGreaterThan(burst({ bell, fast: false })[0]?.hertz ?? 0);
  });
});

describe("the arrangement", () => {
  const FLASH: Ring = { bell: "flash", fast: false };

  it("keeps the beat when it is called once a second, and never twice the same burst", () => {
    let plan: Plan = SILENT;
    const starts: number[] = [];
    for (let second = 0; second < 30; second += 1) {
      const next = arranged(plan, FLASH, second);
      plan = next.plan;
      starts.push(...next.starts);
    }
    expect(starts.length).toBeGreaterThanOrEqual(12);
    starts.slice(1).forEach((start, index) => expect(start - (starts[index] ?? 0)).toBeCloseTo(2.5));
  });

  it.each<[string, Plan, Ring | null, number, number]>([
    ["silence arranges nothing", SILENT, null, 5, 0],
    ["a first bell sounds at once", SILENT, FLASH, 5, 1],
    ["the same bell waits for its time", { ring: FLASH, next: 8 }, FLASH, 5, 0],
    ["another bell does not wait", { ring: { bell: "caution", fast: false }, next: 18 }, FLASH, 5, 1],
    ["the second sound does not wait", { ring: FLASH, next: 7 }, { bell: "flash", fast: true }, 5, 2],
    ["a plan of another audio clock is left", { ring: FLASH, next: 900 }, FLASH, 5, 1],
    ["what was missed in sleep is not made up", { ring: FLASH, next: 5 }, FLASH, 400, 1],
  ])("%s", (_, plan, ring, at, count) => {
    const { starts } = arranged(plan, ring, at);
    expect(starts).toHaveLength(count);
    for (const start of starts) expect(start).toBeLessThan(at + AHEAD_S);
  });
});

/** A browser's audio as far as the bell uses it. */
function audio(allowed: boolean) {
  const started: number[] = [];
  const node = () => {
    const one = {
      gain: { value: 0, setValueAtTime: vi.fn(), linearRampToValueAtTime: vi.fn() },
      frequency: { value: 0 },
      connect: (other: unknown) => other,
      disconnect: vi.fn(),
      start: (at: number) => started.push(at),
      stop: vi.fn(),
    };
    return one;
  };
  const context = {
    state: allowed ? "running" : "suspended",
    currentTime: 0,
    destination: {},
    onstatechange: null as (() => void) | null,
    createGain: node,
    createOscillator: node,
    resume: () => {
      context.state = "running";
      context.onstatechange?.();
      return Promise.resolve();
    },
    suspend: () => {
      context.state = "suspended";
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
  return { context, started };
}

function desk(allowed: boolean) {
  const { context, started } = audio(allowed);
  const changes: boolean[] = [];
  const sound = new Sound((armed) => changes.push(armed), () => context as unknown as AudioContext);
  return { context, started, changes, sound };
}

describe("being armed", () => {
  it("is not so until somebody has clicked", async () => {
    const { sound, changes, started } = desk(false);
    sound.open();
    sound.ring({ bell: "flash", fast: false });
    expect(sound.armed).toBe(false);
    expect(started).toEqual([]);
    expect(await sound.arm()).toBe(true);
    sound.ring({ bell: "flash", fast: false });
    expect(started).toHaveLength(15);
    expect(changes).toEqual([true]);
  });

  it("is so at once where the policy of the floor PC allows it", () => {
    const { sound } = desk(true);
    sound.open();
    expect(sound.armed).toBe(true);
  });

  it("ends when the browser takes the sound away", () => {
    const { sound, context, changes } = desk(true);
    sound.open();
    context.state = "suspended";
    context.onstatechange?.();
    expect(changes).toEqual([true, false]);
  });

  it("ends when the sound card stands still", () => {
    const { sound } = desk(true);
    sound.open();
    for (let second = 0; second < 5; second += 1) sound.ring(null);
    expect(sound.armed).toBe(false);
  });

  it("is not so on a computer without audio", async () => {
    const sound = new Sound(() => {}, () => {
      throw new Error("no device");
    });
    expect(await sound.arm()).toBe(false);
    expect(sound.test()).toBe(0);
  });

  it("rings each bell in the test", () => {
    const { sound, started } = desk(true);
    sound.open();
    expect(sound.test()).toBeGreaterThan(5);
    expect(started).toHaveLength((5 + 5 + 3 + 2) * 3);
  });
});

describe("the title", () => {
  const says = { count: 2, word: "FLASH", bell: "flash" as const, lost: false, page: "Floor" };
  it.each([
    [says, true, "(2) FLASH"],
    [says, false, "(2) Floor"],
    [{ ...says, count: 0, word: "NODE LOST" }, true, "NODE LOST"],
    [{ ...says, word: "", count: 0 }, true, "Floor"],
  ])("%j by turn %s: %s", (given, turn, title) => {
    expect(titleOf(given, turn)).toBe(title);
  });
});
