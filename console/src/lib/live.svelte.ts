/**
 * What the node says without being asked, for every screen: its time, its alarms, the floor, and which topics changed.
 *
 * The connection itself lives in a worker (`live/`); this holds what it tells. A screen that reads again on `on` never
 * has a gap: after a connection that could not be resumed, every subscriber is called whatever its topics.
 */
import type { Alarm, EventFrame, Floor, LiveState, ToPage, ToWorker } from "./live/wire.ts";

/** What a subscriber is told: the event, or null when anything may have changed and all is to be read again. */
export type Heard = (event: EventFrame | null) => void;

interface Subscriber {
  readonly topics: ReadonlySet<string>;
  readonly hear: Heard;
}

/** Why the session ended: the code of the node, or SESSION-ENDED when it only no longer knows it. */
export type Ended = (code: string) => void;

/** A worker, or what stands for one in a test. */
export interface Port {
  postMessage(message: ToWorker): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<ToPage>) => void) | null;
}

const newWorker = (): Port =>
  new Worker(new URL("./live/worker.ts", import.meta.url), { type: "module", name: "armslength-live" }) as unknown as Port;

export class Live {
  #state = $state<LiveState>("connecting");
  #lostSince = $state<number | null>(null);
  #now = $state(Date.now());
  #offset = $state(0);
  #drift = $state(false);
  #alarms = $state.raw<readonly Alarm[]>([]);
  #more = $state(0);
  #why = $state<string | null>(null);
  #floor = $state.raw<Floor | null>(null);
  #officer = $state<string | null>(null);
  #locked = $state(false);
  #post = $state("");
  #sleptMs = $state<number | null>(null);
  #subscribers = new Set<Subscriber>();
  #ticked = new Set<(now: number) => void>();
  #ended = new Set<Ended>();
  #lockedHear = new Set<() => void>();
  #port: Port | null = null;
  #armed: boolean | null = null;
  #awake: (() => void) | null = null;
  readonly #make: () => Port;

  constructor(make: () => Port = newWorker) {
    this.#make = make;
  }

  /** "live", "connecting" (a short break), or "lost" (nothing heard for four seconds: NODE LOST). */
  get state(): LiveState {
    return this.#state;
  }

  /** When the last word of a lost node came, in the node's time; null when it is not lost. */
  get lostSince(): number | null {
    return this.#lostSince;
  }

  /** The node's alarms that nobody has accepted. */
  get alarms(): readonly Alarm[] {
    return this.#alarms;
  }

  get floor(): Floor | null {
    return this.#floor;
  }

  /** The officer as the node names whose session this is. */
  get officer(): string | null {
    return this.#officer;
  }

  /** Alarms beyond those in `alarms` that nobody accepted: the node sends the most urgent hundred. */
  get more(): number {
    return this.#more;
  }

  /** The node's code for closing the way, when it said one. */
  get why(): string | null {
    return this.#why;
  }

  /** Whether the node holds this session as locked. */
  get locked(): boolean {
    return this.#locked;
  }

  /** The name of this floor PC, as the floor calls it. */
  get post(): string {
    return this.#post;
  }

  /** Milliseconds that the node's clock is ahead of this computer's. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether this computer's clock and the node's are more than two seconds apart. */
  get drift(): boolean {
    return this.#drift;
  }

  /** How long this computer last slept, in milliseconds; null when it did not. */
  get sleptMs(): number | null {
    return this.#sleptMs;
  }

  /** The node's time in milliseconds since 1970; it changes once a second, also in a hidden tab. */
  now(): number {
    return this.#now;
  }

  /** Call `hear` when one of the topics changed, or anything may have; returns what ends it. */
  on(topics: readonly string[], hear: Heard): () => void {
    const subscriber = { topics: new Set(topics), hear };
    this.#subscribers.add(subscriber);
    return () => void this.#subscribers.delete(subscriber);
  }

  /** Call once a second with the node's time, also in a hidden tab; returns what ends it. */
  onTick(hear: (now: number) => void): () => void {
    this.#ticked.add(hear);
    return () => void this.#ticked.delete(hear);
  }

  /** Call when the session ended; the connection is then closed and stays so. Returns what ends it. */
  onEnd(hear: Ended): () => void {
    this.#ended.add(hear);
    return () => void this.#ended.delete(hear);
  }

  /** Call when the node locked this session by itself; returns what ends it. */
  onLock(hear: () => void): () => void {
    this.#lockedHear.add(hear);
    return () => void this.#lockedHear.delete(hear);
  }

  /** Connect, as the console of a named floor PC. A second call does nothing but take the new name. */
  start(post: string): void {
    if (this.#port !== null) {
      if (post === this.#post) return;
      this.stop();
    }
    this.#post = post;
    const port = this.#make();
    this.#port = port;
    port.onmessage = (event) => this.hear(event.data);
    const origin = globalThis.location?.origin ?? "http://localhost";
    port.postMessage({
      t: "start",
      url: `${origin.replace(/^http/, "ws")}/live`,
      probe: `${origin}/sign-in/session`,
      console: crypto.randomUUID(),
      post,
    });
    if (this.#armed !== null) port.postMessage({ t: "sound", armed: this.#armed });
    this.#stayAwake();
  }

  /** Disconnect: signed out, or the page goes away. */
  stop(): void {
    this.#awake?.();
    this.#awake = null;
    this.#port?.postMessage({ t: "stop" });
    this.#port?.terminate();
    this.#port = null;
    this.#state = "connecting";
    this.#lostSince = null;
    this.#alarms = [];
    this.#more = 0;
    this.#why = null;
    this.#floor = null;
    this.#officer = null;
    this.#drift = false;
    this.#sleptMs = null;
  }

  /** Tell the node whether the sound of this tab is armed. */
  tellSound(armed: boolean): void {
    this.#armed = armed;
    this.#port?.postMessage({ t: "sound", armed });
  }

  /** Take one message of the worker; public for the tests alone. */
  hear(message: ToPage): void {
    switch (message.t) {
      case "link":
        this.#state = message.state;
        this.#lostSince = message.lostSince;
        this.#why = message.why;
        return;
      case "hello":
        this.#officer = message.officer;
        this.#locked = message.locked;
        return;
      case "locked":
        this.#locked = message.locked;
        if (message.locked) for (const hear of [...this.#lockedHear]) hear();
        return;
      case "state":
        this.#alarms = message.state.alarms ?? [];
        this.#more = message.state.alarms_more ?? 0;
        this.#floor = message.state.floor ?? null;
        return this.#tell(null);
      case "event":
        return this.#take(message.event);
      case "clock":
        this.#offset = message.offset;
        this.#drift = message.drift;
        return;
      case "tick":
        this.#now = message.now;
        for (const hear of [...this.#ticked]) hear(message.now);
        return;
      case "slept":
        this.#sleptMs = message.ms;
        return;
      case "end":
        this.stop();
        for (const hear of [...this.#ended]) hear(message.code);
        return;
    }
  }

  #take(event: EventFrame): void {
    if (event.alarms !== undefined) {
      this.#alarms = event.alarms;
      this.#more = event.alarms_more ?? 0;
    }
    if (event.floor !== undefined) this.#floor = event.floor;
    this.#tell(event);
  }

  /** A screen that fails in its own callback must not silence the others. */
  #tell(event: EventFrame | null): void {
    for (const { topics, hear } of [...this.#subscribers]) {
      if (event !== null && !event.topics.some((topic) => topics.has(topic))) continue;
      try {
        hear(event);
      } catch (error) {
        console.error("live", error);
      }
    }
  }

  /** Come back at once when the page is seen or the network returns; keep the browser from freezing the tab. */
  #stayAwake(): void {
    if (typeof document === "undefined") return;
    const wake = () => this.#port?.postMessage({ t: "wake" });
    const seen = () => {
      if (document.visibilityState === "visible") wake();
    };
    const release = new AbortController();
    addEventListener("online", wake, { signal: release.signal });
    document.addEventListener("visibilitychange", seen, { signal: release.signal });
    // Browsers freeze hidden tabs to save power, but not one that holds a lock.
    void navigator.locks
      ?.request(`armslength-${crypto.randomUUID()}`, () => {
        return new Promise<void>((resolve) => release.signal.addEventListener("abort", () => resolve()));
      })
      .catch(() => {});
    this.#awake = () => release.abort();
  }
}

export const live = new Live();

/** The same by name, for those who import the module as `live`. */
export const now = (): number => live.now();
export const on = (topics: readonly string[], hear: Heard): (() => void) => live.on(topics, hear);
