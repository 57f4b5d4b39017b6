/**
 * One live connection: the pure machine wired to sockets. It decides nothing itself; the worker gives it the world.
 */

import { STOPPED, step } from "./machine.ts";
import type { Effect, LinkEvent, LinkState } from "./machine.ts";
import { frameOf } from "./wire.ts";
import type { ToPage, ToWorker } from "./wire.ts";

/** A question about the session that takes longer is no answer. */
const PROBE_MS = 3_000;

/** What the worker needs of the world; the tests give their own. */
export interface World {
  readonly tell: (message: ToPage) => void;
  readonly socket: (url: string) => WebSocket;
  readonly probe: (url: string, signal: AbortSignal) => Promise<number>;
  readonly mono: () => number;
  readonly wall: () => number;
  readonly random: () => number;
}

/** One connection: `hear` takes what the page says, `tick` is called each quarter of a second. */
export class Link {
  #state: LinkState = STOPPED;
  #url = "";
  #probe = "";
  readonly #sockets = new Map<number, WebSocket>();
  #probing = false;

  constructor(private readonly world: World) {}

  hear(message: ToWorker): void {
    switch (message.t) {
      case "start":
        this.#url = message.url;
        this.#probe = message.probe;
        return this.#step({
          kind: "start",
          console: message.console,
          post: message.post,
          jitter: this.world.random(),
        });
      case "stop":
        return this.#step({ kind: "stop" });
      case "sound":
        return this.#step({ kind: "sound", armed: message.armed });
      case "wake":
        return this.#step({ kind: "wake" });
    }
  }

  tick(): void {
    this.#step({ kind: "tick" });
  }

  #step(event: LinkEvent): void {
    const now = { mono: this.world.mono(), wall: this.world.wall() };
    const { state, effects } = step(this.#state, event, now);
    this.#state = state;
    for (const effect of effects) this.#act(effect);
  }

  #act(effect: Effect): void {
    switch (effect.do) {
      case "open":
        return this.#open(effect.socket);
      case "close":
        return this.#close(effect.socket);
      case "send": {
        const socket = this.#sockets.get(effect.socket);
        if (socket?.readyState === 1) socket.send(JSON.stringify(effect.frame));
        return;
      }
      case "probe":
        void this.#ask();
        return;
      case "tell":
        return this.world.tell(effect.message);
    }
  }

  #open(number: number): void {
    const socket = this.world.socket(this.#url);
    this.#sockets.set(number, socket);
    socket.onopen = () => this.#step({ kind: "opened", socket: number });
    socket.onmessage = (event: MessageEvent<unknown>) =>
      this.#step({ kind: "frame", socket: number, frame: frameOf(event.data) });
    socket.onclose = () => {
      this.#sockets.delete(number);
      this.#step({ kind: "closed", socket: number });
    };
  }

  #close(number: number): void {
    const socket = this.#sockets.get(number);
    if (socket === undefined) return;
    this.#sockets.delete(number);
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  async #ask(): Promise<void> {
    if (this.#probing) return;
    this.#probing = true;
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PROBE_MS);
    try {
      this.#step({ kind: "probed", status: await this.world.probe(this.#probe, abort.signal) });
    } catch {
      // The node does not answer: the watch for lost frames says so.
    } finally {
      clearTimeout(timer);
      this.#probing = false;
    }
  }
}
