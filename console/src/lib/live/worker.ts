/**
 * The worker that owns the WebSocket of a tab. It is a worker because a hidden tab's own timers are slowed to one a
 * minute, and an alarm must not be.
 */
import { Link } from "./link.ts";
import type { ToPage, ToWorker } from "./wire.ts";

const TICK_MS = 250;

interface Scope {
  postMessage(message: ToPage): void;
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null;
}

const scope = globalThis as unknown as Scope;
const link = new Link({
  tell: (message) => scope.postMessage(message),
  socket: (url) => new WebSocket(url),
  probe: async (url, signal) => (await fetch(url, { signal, credentials: "same-origin", cache: "no-store" })).status,
  mono: () => performance.now(),
  wall: () => Date.now(),
  random: () => Math.random(),
});
scope.onmessage = (event) => link.hear(event.data);
setInterval(() => link.tick(), TICK_MS);
