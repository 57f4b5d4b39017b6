/**
 * The alarms of this console: the machine fed by the live connection, its bell played, its title shown.
 *
 * One for the page. `start()` when the officer is signed in, `stop()` when nobody is; screens read `alarms.view`.
 */
import { untrack } from "svelte";
import { live } from "../live.svelte.ts";
import { refused } from "../api.ts";
import { session } from "../session.svelte.ts";
import type { Locals, Spoken, View } from "./machine.ts";
import { NOTHING, QUIET, step } from "./machine.ts";
import type { AlarmInput, AlarmState } from "./machine.ts";
import { Sound } from "./sound.ts";
import { showTitle } from "./title.ts";
import { ScreenLock } from "./wakelock.ts";
import { kindWord, spokenWords } from "./words.ts";

/** Sentences kept for the reader of the screen; older ones were read long ago. */
const SPOKEN_KEPT = 8;
/** The floor that names the new holder of the watch follows within a second; later it is another change. */
const TAKEN_MS = 10_000;
/** Whoever rang the bells right before he took the watch has heard them. */
const TESTED_MS = 120_000;

class Alarms {
  #view = $state.raw<View>(NOTHING);
  #armed = $state(false);
  #testing = $state(false);
  #announced = $state.raw<readonly { readonly key: number; readonly text: string }[]>([]);
  #page = $state("");
  #state: AlarmState = QUIET;
  #sound: Sound | null = null;
  #lock: ScreenLock | null = null;
  #stop: (() => void) | null = null;
  #turn = false;
  #count = 0;
  #takenAt = 0;
  #testedAt = 0;
  #testEnds: ReturnType<typeof setTimeout> | undefined;

  get view(): View {
    return this.#view;
  }

  /** Whether the browser of this console can sound now. */
  get armed(): boolean {
    return this.#armed;
  }

  /** Whether the bells are being tested. */
  get testing(): boolean {
    return this.#testing;
  }

  /** Whether the officer of this console holds the watch. */
  get holdsWatch(): boolean {
    // Who has handed over holds it until somebody has taken it over.
    return live.officer !== null && live.floor?.watch.holder === live.officer;
  }

  /** What is to be read aloud, once each. */
  get announced(): readonly { readonly key: number; readonly text: string }[] {
    return this.#announced;
  }

  /** The title of the page that shows when nothing rings. */
  setPage(title: string): void {
    this.#page = title;
    this.#title();
  }

  /** Begin to listen and to ring; a second call does nothing. */
  start(): void {
    if (this.#stop !== null) return;
    this.#page ||= document.title;
    this.#sound = new Sound((armed) => {
      this.#armed = armed;
      live.tellSound(armed);
    });
    this.#lock = new ScreenLock();
    live.tellSound(false);
    this.#sound.open();
    const unroot = $effect.root(() => {
      $effect(() => {
        const { post, alarms, more } = live;
        const names = [post, session.current?.officer ?? "", ...(session.current?.roles ?? [])].filter(Boolean);
        untrack(() => {
          this.#put({ kind: "who", names });
          this.#put({ kind: "node", alarms, more });
        });
      });
      $effect(() => {
        const locals: Locals = {
          lostSince: live.state === "lost" ? live.lostSince : null,
          unarmed: this.holdsWatch && !this.#armed,
          drift: live.drift,
        };
        untrack(() => this.#put({ kind: "local", locals }));
      });
      $effect(() => this.#lock?.want(this.holdsWatch));
    });
    const untick = live.onTick(() => this.#tick());
    // The node locked the session (idle elsewhere): this page hides what the node no longer gives.
    const unlock = live.onLock(() => refused.locked());
    const untaken = live.on(["shifts"], (event) => {
      if (event?.watch_taken) this.#takenAt = live.now();
    });
    const gestures = new AbortController();
    // Whoever holds the watch and reloads the page arms the sound by his next click or key, wherever it falls.
    const again = () => {
      if (this.holdsWatch && !this.#armed) void this.arm();
    };
    addEventListener("pointerdown", again, { capture: true, signal: gestures.signal });
    addEventListener("keydown", again, { capture: true, signal: gestures.signal });
    this.#stop = () => {
      unroot();
      untick();
      unlock();
      untaken();
      gestures.abort();
    };
  }

  /** Nobody is signed in: nothing rings here. */
  stop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#sound?.close();
    this.#sound = null;
    this.#lock?.want(false);
    this.#state = QUIET;
    this.#view = NOTHING;
    this.#announced = [];
    this.#title();
  }

  /** Arm the sound; call it from a click or a key. */
  async arm(): Promise<boolean> {
    const armed = (await this.#sound?.arm()) ?? false;
    this.#ring();
    return armed;
  }

  /** Put the sound off here; refused while the watch is held. */
  async disarm(): Promise<void> {
    if (!this.holdsWatch) await this.#sound?.disarm();
  }

  /** Arm the sound and ring every bell once; returns whether anything could sound. */
  async test(): Promise<boolean> {
    if (!(await this.arm())) return false;
    const seconds = this.#sound?.test() ?? 0;
    clearTimeout(this.#testEnds);
    this.#testing = seconds > 0;
    this.#testedAt = live.now();
    this.#testEnds = setTimeout(() => {
      this.#testing = false;
      this.#ring();
    }, seconds * 1_000);
    return seconds > 0;
  }

  /** Quiet for half a minute at most; accepts nothing, and the next new alarm breaks it. */
  silence(): void {
    this.#put({ kind: "silence" });
  }

  /** Accept one of this console's own alarms; the node's are accepted by a signed act. */
  acceptLocal(id: string): void {
    this.#put({ kind: "accept-local", id });
  }

  #tick(): void {
    this.#turn = !this.#turn;
    this.#put({ kind: "tick" });
    this.#taken();
  }

  /** Taking over the watch rings a test at the console of whoever took it, unless he has just rung one. */
  #taken(): void {
    if (this.#takenAt === 0) return;
    const over = live.now() - this.#takenAt > TAKEN_MS || live.now() - this.#testedAt < TESTED_MS;
    if (!over && !(this.holdsWatch && this.#armed)) return;
    this.#takenAt = 0;
    if (!over) void this.test();
  }

  #put(input: AlarmInput): void {
    const { state, view, spoken } = step(this.#state, input, live.now());
    this.#state = state;
    this.#view = view;
    if (spoken.length > 0) this.#speak(spoken);
    this.#ring();
    this.#title();
  }

  #speak(spoken: readonly Spoken[]): void {
    const said = spoken.map((one) => ({ key: (this.#count += 1), text: spokenWords(one) }));
    this.#announced = [...this.#announced, ...said].slice(-SPOKEN_KEPT);
  }

  /** A test is not cut off by the bell it tests, unless what rings is a FLASH. */
  #ring(): void {
    if (this.#testing && this.#view.ring?.bell !== "flash") return;
    this.#sound?.ring(this.#view.ring);
  }

  #title(): void {
    const { top, count } = this.#view;
    showTitle(
      {
        count,
        word: top === null ? "" : kindWord(top.first),
        bell: top?.first.bell ?? null,
        lost: live.state === "lost",
        page: this.#page,
      },
      this.#turn,
    );
  }
}

export const alarms = new Alarms();
