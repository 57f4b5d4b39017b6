/**
 * The live connection as a pure machine: what happened and when goes in, what to do comes out.
 *
 * Nothing here waits, sends or reads a clock; `worker.ts` does. Two clocks come in: `mono` never steps and measures
 * waits; `wall` is the computer's time, from which sleep and drift are seen.
 */

import type { ClientFrame, EventFrame, LiveState, ServerFrame, ToPage } from "./wire.ts";

/** The node beats each second; four beats missed is a lost node (found and shown within five seconds). */
export const LOST_MS = 4_000;
/** A socket that is not live after as long as that is given up: a stopped process still completes the TCP handshake. */
export const OPEN_MS = 4_000;
export const BEAT_MS = 1_000;
export const BACK_OFF_MS = [250, 500, 1_000, 2_000] as const;
/** A timer of 250 ms that comes five seconds late means that the computer slept. */
export const SLEPT_MS = 5_000;
export const DRIFT_MS = 2_000;
/** Drift ends only well below its limit, so that it does not come and go. */
export const DRIFT_OVER_MS = 1_500;
/** Beats whose median is the offset; an odd number, and few, so that a corrected clock is seen within five seconds. */
export const SAMPLES = 9;
export const SAMPLES_MIN = 3;
/** Offsets nearer than that are the same to a person. */
const OFFSET_STEP_MS = 50;

export interface Now {
  readonly mono: number;
  readonly wall: number;
}

export interface LinkState {
  readonly phase: "stopped" | "waiting" | "opening" | "greeting" | "filling" | "live";
  readonly console: string;
  readonly post: string;
  /** Number of the newest socket; what older ones still say is not heard. */
  readonly socket: number;
  readonly open: boolean;
  readonly failures: number;
  readonly jitter: number;
  readonly retryAt: number;
  readonly openedAt: number;
  /** When it was last live and heard: what a node says while it refuses is not a node that watches. */
  readonly heardAt: number;
  readonly heardWall: number;
  /** Why the node closed the way, by its code; null when it did not say. */
  readonly why: string | null;
  readonly locked: boolean | null;
  readonly lostSince: number | null;
  readonly epoch: string | null;
  readonly seq: number | null;
  readonly holes: number;
  readonly ticked: Now | null;
  readonly toldTick: number;
  readonly beatAt: number;
  readonly armed: boolean | null;
  readonly offsets: readonly number[];
  readonly offset: number;
  readonly drift: boolean;
  readonly told: LiveState | null;
}

export type LinkEvent =
  | { readonly kind: "start"; readonly console: string; readonly post: string; readonly jitter: number }
  | { readonly kind: "stop" }
  | { readonly kind: "tick" }
  | { readonly kind: "wake" }
  | { readonly kind: "sound"; readonly armed: boolean }
  | { readonly kind: "opened"; readonly socket: number }
  | { readonly kind: "closed"; readonly socket: number }
  | { readonly kind: "frame"; readonly socket: number; readonly frame: ServerFrame | null }
  | { readonly kind: "probed"; readonly status: number };

export type Effect =
  | { readonly do: "open"; readonly socket: number }
  | { readonly do: "close"; readonly socket: number }
  | { readonly do: "send"; readonly socket: number; readonly frame: ClientFrame }
  /** Ask over HTTP whether the session still holds: a browser does not say why a WebSocket was refused. */
  | { readonly do: "probe" }
  | { readonly do: "tell"; readonly message: ToPage };

export interface Step {
  readonly state: LinkState;
  readonly effects: readonly Effect[];
}

export const STOPPED: LinkState = {
  phase: "stopped",
  console: "",
  post: "",
  socket: 0,
  open: false,
  failures: 0,
  jitter: 0,
  retryAt: 0,
  openedAt: 0,
  heardAt: 0,
  heardWall: 0,
  why: null,
  locked: null,
  lostSince: null,
  epoch: null,
  seq: null,
  holes: 0,
  ticked: null,
  toldTick: 0,
  beatAt: 0,
  armed: null,
  offsets: [],
  offset: 0,
  drift: false,
  told: null,
};

/** Return the next state and what is to be done about it. */
export function step(state: LinkState, event: LinkEvent, now: Now): Step {
  const next = react(state, event, now);
  const shown = shownOf(next.state);
  if (next.state.phase === "stopped" || shown === next.state.told) return next;
  const message: ToPage = { t: "link", state: shown, lostSince: next.state.lostSince, why: next.state.why };
  return { state: { ...next.state, told: shown }, effects: [...next.effects, { do: "tell", message }] };
}

function react(state: LinkState, event: LinkEvent, now: Now): Step {
  if (event.kind === "start") return start(state, event, now);
  if (state.phase === "stopped") return still(state);
  switch (event.kind) {
    case "stop":
      return { state: { ...STOPPED, socket: state.socket }, effects: closing(state) };
    case "tick":
      return tick(state, now);
    case "wake":
      return state.phase === "waiting" ? dial(state, now) : still(state);
    case "sound":
      return sound(state, event.armed);
    case "probed":
      return event.status === 401 ? end(state, state.why ?? "SESSION-ENDED") : still(state);
    default:
      return event.socket === state.socket ? ofSocket(state, event, now) : still(state);
  }
}

function ofSocket(
  state: LinkState,
  event: Extract<LinkEvent, { kind: "opened" | "closed" | "frame" }>,
  now: Now,
): Step {
  // Between two sockets the last one is given up already; its own end is no second failure.
  if (state.phase === "waiting") return still(state);
  if (event.kind === "opened") return opened(state, now);
  if (event.kind === "closed") return closed(state, now);
  if (event.frame === null) return hole(state, now);
  return framed(state, event.frame, now);
}

const still = (state: LinkState): Step => ({ state, effects: [] });

const closing = (state: LinkState): Effect[] =>
  state.phase === "waiting" || state.phase === "stopped" ? [] : [{ do: "close", socket: state.socket }];

const shownOf = (state: LinkState): LiveState =>
  state.lostSince !== null ? "lost" : state.phase === "live" ? "live" : "connecting";

function start(state: LinkState, event: Extract<LinkEvent, { kind: "start" }>, now: Now): Step {
  const fresh: LinkState = {
    ...STOPPED,
    console: event.console,
    post: event.post,
    jitter: event.jitter,
    socket: state.socket,
    armed: state.armed,
    heardAt: now.mono,
    heardWall: now.wall,
    ticked: now,
    phase: "waiting",
  };
  const dialled = dial(fresh, now);
  return { state: dialled.state, effects: [...closing(state), ...dialled.effects] };
}

/** Open the next socket; the last one is no longer heard. */
function dial(state: LinkState, now: Now): Step {
  const socket = state.socket + 1;
  return {
    state: { ...state, phase: "opening", socket, open: false, openedAt: now.mono },
    effects: [{ do: "open", socket }],
  };
}

/** Wait a little longer after each failure, never more than two seconds, and not all tabs of a floor together. */
export function backOff(failures: number, jitter: number): number {
  const step = BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)] ?? 2_000;
  return Math.round(step * (1 - 0.2 * jitter));
}

function retry(state: LinkState, now: Now): LinkState {
  const wait = backOff(state.failures, state.jitter);
  return { ...state, phase: "waiting", open: false, failures: state.failures + 1, retryAt: now.mono + wait };
}

function opened(state: LinkState, now: Now): Step {
  const { epoch, seq, console, post } = state;
  const hello: ClientFrame = { t: "hello", epoch, seq, console, post };
  const effects: Effect[] = [{ do: "send", socket: state.socket, frame: hello }];
  if (state.armed !== null) {
    effects.push({ do: "send", socket: state.socket, frame: { t: "sound", armed: state.armed } });
  }
  return { state: { ...state, phase: "greeting", open: true, beatAt: now.mono }, effects };
}

function closed(state: LinkState, now: Now): Step {
  const early = state.phase !== "live";
  return { state: retry(state, now), effects: early ? [{ do: "probe" }] : [] };
}

function sound(state: LinkState, armed: boolean): Step {
  if (state.armed === armed) return still(state);
  const frame: ClientFrame = { t: "sound", armed };
  const effects: Effect[] = state.open ? [{ do: "send", socket: state.socket, frame }] : [];
  return { state: { ...state, armed }, effects };
}

/**
 * The node closes the way and says why. Only some of the reasons end the session (a node that is stopped for a moment
 * does not), and the node's answer over HTTP is what tells: a 401 ends it, anything else is another try.
 */
function refused(state: LinkState, code: string, now: Now): Step {
  return { state: { ...retry(state, now), why: code }, effects: [...closing(state), { do: "probe" }] };
}

function end(state: LinkState, code: string): Step {
  return {
    state: { ...STOPPED, socket: state.socket },
    effects: [...closing(state), { do: "tell", message: { t: "end", code } }],
  };
}

// --- frames ---------------------------------------------------------------------------------------------------------

function framed(state: LinkState, frame: ServerFrame, now: Now): Step {
  const { state: after, effects } = spoken(state, frame, now);
  if (after.phase !== "live") return { state: after, effects };
  return { state: { ...after, heardAt: now.mono, heardWall: now.wall, why: null }, effects };
}

function spoken(state: LinkState, frame: ServerFrame, now: Now): Step {
  switch (frame.t) {
    case "end":
      return refused(state, frame.code, now);
    case "hello":
      return greeted(state, frame, now);
    case "state":
      return filled(state, frame, now);
    case "event":
      return evented(state, frame, now);
    case "beat":
      return beaten(state, frame, now);
  }
}

function greeted(state: LinkState, frame: Extract<ServerFrame, { t: "hello" }>, now: Now): Step {
  // A node that says "resumed" in another epoch, or behind what we hold, is not continuing our numbers.
  const same = frame.resumed && frame.epoch === state.epoch && state.seq !== null && frame.seq >= state.seq;
  if (frame.resumed && !same) return hole({ ...state, holes: 1 }, now);
  const { officer, locked, resumed } = frame;
  const tell: Effect = { do: "tell", message: { t: "hello", officer, locked, resumed } };
  const clock = sampled(state, frame.now, now);
  const next: LinkState = same
    ? { ...clock.state, locked, phase: "live", failures: 0, lostSince: null }
    : { ...clock.state, locked, phase: "filling", epoch: frame.epoch, seq: null };
  return { state: next, effects: [tell, ...clock.effects] };
}

function filled(state: LinkState, frame: Extract<ServerFrame, { t: "state" }>, now: Now): Step {
  const clock = sampled(state, frame.now, now);
  return {
    state: { ...clock.state, phase: "live", seq: frame.seq, failures: 0, holes: 0, lostSince: null },
    effects: [...clock.effects, { do: "tell", message: { t: "state", state: frame } }],
  };
}

function evented(state: LinkState, frame: EventFrame, now: Now): Step {
  if (state.phase !== "live" || state.seq === null) return hole(state, now);
  if (frame.seq <= state.seq) return still(state);
  if (frame.seq !== state.seq + 1) return hole(state, now);
  return {
    state: { ...state, seq: frame.seq, holes: 0 },
    effects: [{ do: "tell", message: { t: "event", event: frame } }],
  };
}

function beaten(state: LinkState, frame: Extract<ServerFrame, { t: "beat" }>, now: Now): Step {
  const locked = frame.locked ?? state.locked;
  const told: Effect[] = locked === null || locked === state.locked ? [] : [{ do: "tell", message: { t: "locked", locked } }];
  const clock = sampled({ ...state, locked }, frame.now, now);
  const off = state.phase === "live" && frame.seq !== state.seq;
  const after = off ? hole(clock.state, now) : still(clock.state);
  return { state: after.state, effects: [...told, ...clock.effects, ...after.effects] };
}

/** Something is missing: come again from the last number; when that does not help, ask for everything. */
function hole(state: LinkState, now: Now): Step {
  const forget = state.holes > 0 ? { epoch: null, seq: null } : {};
  const effects = closing(state);
  return { state: { ...retry({ ...state, ...forget }, now), holes: state.holes + 1 }, effects };
}

// --- the node's clock -----------------------------------------------------------------------------------------------

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function sampled(state: LinkState, text: string, now: Now): Step {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return still(state);
  const offsets = [...state.offsets, at - now.wall].slice(-SAMPLES);
  const offset = median(offsets);
  const limit = state.drift ? DRIFT_OVER_MS : DRIFT_MS;
  // A computer that just woke hands over old frames first: drift is judged from several.
  const drift = offsets.length >= SAMPLES_MIN ? Math.abs(offset) > limit : state.drift;
  const news = drift !== state.drift || state.offsets.length === 0 || Math.abs(offset - state.offset) >= OFFSET_STEP_MS;
  if (!news) return still({ ...state, offsets });
  return {
    state: { ...state, offsets, offset, drift },
    effects: [{ do: "tell", message: { t: "clock", offset, drift } }],
  };
}

// --- time passes ----------------------------------------------------------------------------------------------------

function tick(state: LinkState, now: Now): Step {
  const before = state.ticked ?? now;
  const late = Math.max(now.mono - before.mono, now.wall - before.wall);
  const ticked = { ...state, ticked: now };
  if (late > SLEPT_MS) return slept(ticked, late, now);
  const effects: Effect[] = [];
  let next: LinkState = ticked;
  if (now.mono - next.toldTick >= BEAT_MS) {
    next = { ...next, toldTick: now.mono };
    effects.push({ do: "tell", message: { t: "tick", now: now.wall + next.offset } });
  }
  if (next.open && now.mono - next.beatAt >= BEAT_MS) {
    next = { ...next, beatAt: now.mono };
    effects.push({ do: "send", socket: next.socket, frame: { t: "beat" } });
  }
  const watched = watch(next, now);
  return { state: watched.state, effects: [...effects, ...watched.effects] };
}

function watch(state: LinkState, now: Now): Step {
  let next = state;
  const effects: Effect[] = [];
  if (next.lostSince === null && now.mono - next.heardAt >= LOST_MS) {
    next = { ...next, lostSince: next.heardWall + next.offset };
    if (next.phase === "live") {
      // The way is silent though nobody closed it: it is given up, and another is tried.
      effects.push(...closing(next));
      next = retry(next, now);
    }
  }
  const slow = next.phase !== "live" && next.phase !== "waiting" && now.mono - next.openedAt >= OPEN_MS;
  if (slow) {
    effects.push(...closing(next), { do: "probe" });
    next = retry(next, now);
  }
  if (next.phase !== "waiting" || now.mono < next.retryAt) return { state: next, effects };
  const dialled = dial(next, now);
  return { state: dialled.state, effects: [...effects, ...dialled.effects] };
}

/** The computer slept: what the socket says now is old, so a new one is opened at once and the page is told. */
function slept(state: LinkState, ms: number, now: Now): Step {
  const fresh: LinkState = { ...state, heardAt: now.mono, heardWall: now.wall, offsets: [], failures: 0 };
  const dialled = dial(fresh, now);
  return {
    state: dialled.state,
    effects: [...closing(state), { do: "tell", message: { t: "slept", ms } }, ...dialled.effects],
  };
}
