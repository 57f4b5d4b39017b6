/**
 * The bell: bursts of five pulses with three harmonics, made by the browser itself (in the manner of IEC 60601-1-8).
 *
 * A browser keeps quiet until somebody has clicked, so "armed" is a state that is seen, told to the node, and alarmed
 * when false while the watch is held here. What is to sound is a table and pure functions; `Sound` plays it.
 */

import type { Bell } from "../live/wire.ts";
import type { Ring } from "./machine.ts";

/** One pulse: seconds from the start of the burst, how long, how high (hertz), how loud (0 to 1). */
export interface Pulse {
  readonly at: number;
  readonly length: number;
  readonly hertz: number;
  readonly gain: number;
}

interface Bells {
  /** Height of each pulse; its number of pulses is the bell's. */
  readonly hertz: readonly number[];
  readonly gap_s: number;
  readonly length_s: number;
  readonly every_s: number;
  readonly gain: number;
}

/** Each bell is told from the others by its tune and its number of pulses, not by its loudness alone. */
export const BELL_TABLE: Readonly<Record<Bell, Bells>> = {
  flash: { hertz: [880, 698, 880, 698, 880], gap_s: 0.2, length_s: 0.15, every_s: 2.5, gain: 0.5 },
  alarm: { hertz: [523, 523, 523, 659, 659], gap_s: 0.26, length_s: 0.18, every_s: 2.5, gain: 0.4 },
  warning: { hertz: [440, 392, 440], gap_s: 0.34, length_s: 0.22, every_s: 5, gain: 0.3 },
  caution: { hertz: [349, 294], gap_s: 0.4, length_s: 0.25, every_s: 15, gain: 0.25 },
};

/** The second sound: a fifth higher, half as long again between fewer seconds. */
const FAST_HEIGHT = 1.5;
const FAST_PACE = 0.7;
const FAST_EVERY = 0.6;

/** Three partials, so that a small or worn loudspeaker that loses one still gives two. */
export const PARTIALS: readonly { readonly times: number; readonly share: number }[] = [
  { times: 1, share: 0.6 },
  { times: 2, share: 0.25 },
  { times: 3, share: 0.15 },
];

/** Seconds from one burst to the next. */
export function everyOf(ring: Ring): number {
  return BELL_TABLE[ring.bell].every_s * (ring.fast ? FAST_EVERY : 1);
}

/** The pulses of one burst. */
export function burst(ring: Ring): Pulse[] {
  const bell = BELL_TABLE[ring.bell];
  const pace = ring.fast ? FAST_PACE : 1;
  return bell.hertz.map((hertz, index) => ({
    at: index * bell.gap_s * pace,
    length: bell.length_s * pace,
    hertz: hertz * (ring.fast ? FAST_HEIGHT : 1),
    gain: bell.gain,
  }));
}

/** What has been arranged with the audio clock so far. */
export interface Plan {
  readonly ring: Ring | null;
  /** Start of the next burst, in seconds of the audio clock. */
  readonly next: number;
}

export const SILENT: Plan = { ring: null, next: 0 };
/** Bursts are arranged a little ahead, so that a page that is called once a second still keeps the beat. */
export const AHEAD_S = 1.6;
const SOON_S = 0.03;

/** Return the plan and the starts of the bursts to arrange now; another bell starts at once. */
export function arranged(plan: Plan, ring: Ring | null, audioNow: number): { plan: Plan; starts: readonly number[] } {
  if (ring === null) return { plan: SILENT, starts: [] };
  const same = plan.ring !== null && plan.ring.bell === ring.bell && plan.ring.fast === ring.fast;
  const every = everyOf(ring);
  // A plan that lies behind (the computer slept) or far ahead (another audio clock) is made anew.
  const usable = same && plan.next >= audioNow - every && plan.next <= audioNow + every + AHEAD_S;
  let next = usable ? Math.max(plan.next, audioNow + SOON_S) : audioNow + SOON_S;
  const starts: number[] = [];
  while (next < audioNow + AHEAD_S) {
    starts.push(next);
    next += every;
  }
  return { plan: { ring, next }, starts };
}

/** Seconds of a running audio clock that stands still: the sound card is gone, whatever the browser says. */
const STALLED_TICKS = 3;
const TEST: readonly Bell[] = ["flash", "alarm", "warning", "caution"];
const TEST_EACH_S = 1.9;

/** Plays what the machine says; one for the page. */
export class Sound {
  #context: AudioContext | null = null;
  #plan: Plan = SILENT;
  #playing: AudioScheduledSourceNode[] = [];
  #armed = false;
  #clock = -1;
  #stalled = 0;
  readonly #make: () => AudioContext;
  readonly #changed: (armed: boolean) => void;

  constructor(changed: (armed: boolean) => void, make: () => AudioContext = () => new AudioContext()) {
    this.#changed = changed;
    this.#make = make;
  }

  get armed(): boolean {
    return this.#armed;
  }

  /** Look whether sound is allowed without a gesture (a floor PC whose policy says so). */
  open(): void {
    this.#opened();
    this.#look();
  }

  /** Arm the sound; call it from a click or a key. Returns whether it is armed now. */
  async arm(): Promise<boolean> {
    const context = this.#opened();
    if (context === null) return false;
    try {
      await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, 1_000))]);
    } catch {
      // Refused: the state of the context says so.
    }
    this.#stalled = 0;
    this.#look();
    return this.#armed;
  }

  /** Keep the bell as the machine says; called each second and at every change. */
  ring(ring: Ring | null): void {
    this.#stand();
    this.#look();
    const context = this.#context;
    if (context === null || !this.#armed) {
      this.#plan = SILENT;
      return;
    }
    const changed = this.#plan.ring?.bell !== ring?.bell || this.#plan.ring?.fast !== ring?.fast;
    if (changed) this.hush();
    const { plan, starts } = arranged(this.#plan, ring, context.currentTime);
    this.#plan = plan;
    if (ring !== null) for (const start of starts) this.#burst(context, ring, start);
  }

  /** Ring each bell once, the most urgent first; returns how many seconds that takes. */
  test(): number {
    const context = this.#context;
    if (context === null || !this.#armed) return 0;
    this.hush();
    this.#plan = SILENT;
    TEST.forEach((bell, index) => {
      this.#burst(context, { bell, fast: false }, context.currentTime + SOON_S + index * TEST_EACH_S);
    });
    return TEST.length * TEST_EACH_S;
  }

  /** Stop what sounds and what is arranged. */
  hush(): void {
    for (const source of this.#playing) {
      try {
        source.stop();
      } catch {
        // It had ended by itself.
      }
    }
    this.#playing = [];
    this.#plan = SILENT;
  }

  /** Put the sound off at a console that holds no watch. */
  async disarm(): Promise<void> {
    this.hush();
    await this.#context?.suspend().catch(() => {});
    this.#look();
  }

  close(): void {
    this.hush();
    void this.#context?.close().catch(() => {});
    this.#context = null;
    this.#look();
  }

  #opened(): AudioContext | null {
    if (this.#context !== null) return this.#context;
    try {
      this.#context = this.#make();
      this.#context.onstatechange = () => this.#look();
    } catch {
      // A computer without any audio device: not armed, and that is shown.
      this.#context = null;
    }
    return this.#context;
  }

  #stand(): void {
    const clock = this.#context?.state === "running" ? this.#context.currentTime : -1;
    this.#stalled = clock >= 0 && clock === this.#clock ? this.#stalled + 1 : 0;
    this.#clock = clock;
  }

  #look(): void {
    const armed = this.#context?.state === "running" && this.#stalled < STALLED_TICKS;
    if (armed === this.#armed) return;
    this.#armed = armed;
    this.#changed(armed);
  }

  #burst(context: AudioContext, ring: Ring, start: number): void {
    for (const pulse of burst(ring)) {
      const envelope = context.createGain();
      const from = start + pulse.at;
      const until = from + pulse.length;
      // Edges of 20 ms: a click at each edge would tire whoever hears it all night.
      envelope.gain.setValueAtTime(0, from);
      envelope.gain.linearRampToValueAtTime(pulse.gain, from + 0.02);
      envelope.gain.setValueAtTime(pulse.gain, until - 0.02);
      envelope.gain.linearRampToValueAtTime(0, until);
      envelope.connect(context.destination);
      for (const partial of PARTIALS) this.#partial(context, envelope, partial, pulse.hertz, from, until);
    }
  }

  #partial(
    context: AudioContext,
    envelope: GainNode,
    partial: { readonly times: number; readonly share: number },
    hertz: number,
    from: number,
    until: number,
  ): void {
    const source = context.createOscillator();
    const share = context.createGain();
    source.frequency.value = hertz * partial.times;
    share.gain.value = partial.share;
    source.connect(share).connect(envelope);
    source.onended = () => {
      this.#playing = this.#playing.filter((one) => one !== source);
      share.disconnect();
    };
    source.start(from);
    source.stop(until);
    this.#playing.push(source);
  }
}
