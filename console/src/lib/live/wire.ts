/**
 * The frames of /live, as the node speaks them: JSON texts over one WebSocket a tab.
 *
 * The node is ours, so its frames are believed; a frame that cannot be read at all is a fault of the way, and the
 * machine answers it by a new connection rather than by guessing.
 */

export type Bell = "flash" | "alarm" | "warning" | "caution";

export interface Opens {
  readonly screen: string;
  readonly name?: string | null;
}

/** The shelf of an alarm: one officer asked, a second one signed, it was taken down or its time is over. */
export interface Shelf {
  readonly state: "ASKED" | "SHELVED" | "ENDED";
  readonly until: string | null;
  readonly reason: string;
  readonly asked_by: string | null;
  readonly asked_at: string | null;
  readonly signed_by: string | null;
  readonly signed_at: string | null;
}

/** One alarm as `GET /v1/alarms` and /live give it. */
export interface Alarm {
  readonly id: string;
  readonly kind: string;
  readonly sentence: string;
  readonly detail: string;
  readonly line: string;
  readonly raised_at: string | null;
  readonly notified_at?: string | null;
  readonly rung?: boolean;
  readonly accepted_at?: string | null;
  readonly accepted_by?: string | null;
  readonly ended_at?: string | null;
  readonly state?: "unaccepted" | "accepted" | "answered";
  readonly precedence?: string | null;
  readonly passed_to?: string | null;
  readonly passed_at?: string | null;
  readonly passed_by?: string | null;
  readonly passed_because?: string | null;
  readonly cause_met?: boolean;
  readonly may_shelve?: boolean;
  readonly shelf?: Shelf | null;
  readonly shelved_until?: string | null;
  readonly silenced_until?: string | null;
  readonly bell?: Bell;
  readonly opens?: Opens | null;
}

export interface FloorLine {
  readonly line: string;
  readonly peer: string;
  readonly declared: string;
  readonly observed: string;
  readonly judged?: string | null;
  readonly paths: readonly { readonly kind: string; readonly state: string }[];
  readonly waiting?: number;
  readonly missing?: number;
  readonly frozen?: string | null;
  readonly last_heard_at: string | null;
  readonly next_check_at: string | null;
  readonly last_check: { readonly at: string; readonly outcome: string } | null;
  readonly streak: { readonly state: string; readonly answered: number; readonly unanswered: number; readonly missed: number; readonly unanswered_since: string | null } | null;
  readonly owed_by_them: readonly Owed[];
  readonly owed_by_us: readonly Owed[];
}

export interface Owed {
  readonly who: string;
  readonly party?: string;
  readonly line?: string;
  readonly what: string;
  readonly message: string;
  readonly number?: number | null;
  readonly precedence?: string | null;
  readonly level: string;
  readonly due_at: string;
  readonly late: boolean;
}

/** The state of the floor, as `GET /v1/floor` and /live give it. */
export interface Floor {
  readonly now: string;
  readonly party: string;
  readonly realm: string;
  readonly lines: readonly FloorLine[];
  readonly owed: readonly Owed[];
  readonly releasers: readonly {
    readonly officer: string;
    readonly name: string;
    readonly roles: readonly string[];
    readonly on_watch: boolean;
    readonly how: string;
  }[];
  readonly concerns: { readonly open: number; readonly unassessed: number };
  readonly next_deadline: { readonly at: string; readonly what: string; readonly opens: Opens } | null;
  readonly drafts_waiting: number;
  readonly watch: {
    readonly holder: string | null;
    readonly watch?: string | null;
    readonly since: string | null;
    readonly handed_over?: boolean;
    readonly due_at: string | null;
  };
  readonly alarms: { readonly unaccepted: number; readonly flash?: number; readonly shelved: number };
  readonly checks: readonly {
    readonly plan: string;
    readonly channel: string;
    readonly due_at: string;
    readonly state: string;
  }[];
  readonly health: {
    readonly clock: string;
    readonly journal: { readonly size: number; readonly state: string };
    readonly feeds: { readonly feeds: number; readonly troubled: readonly string[] };
    readonly notify: string;
  };
}

export interface HelloFrame {
  readonly t: "hello";
  readonly epoch: string;
  readonly seq: number;
  readonly resumed: boolean;
  readonly heartbeat_s: number;
  readonly now: string;
  readonly officer: string;
  readonly locked: boolean;
}

export interface StateFrame {
  readonly t: "state";
  readonly seq: number;
  readonly now: string;
  /** Missing for an officer who may not see alarms, or the floor. */
  readonly alarms?: readonly Alarm[];
  /** How many more nobody accepted: the node sends the most urgent hundred. */
  readonly alarms_more?: number;
  readonly floor?: Floor;
}

export interface EventFrame {
  readonly t: "event";
  readonly seq: number;
  readonly at: string;
  readonly topics: readonly string[];
  readonly kinds: readonly string[];
  readonly size: number;
  readonly alarms?: readonly Alarm[];
  readonly alarms_more?: number;
  readonly floor?: Floor;
  /** The watch was taken over by this: whoever took it is to hear whether he can be rung. */
  readonly watch_taken?: boolean;
}

export interface BeatFrame {
  readonly t: "beat";
  readonly seq: number;
  readonly now: string;
  readonly locked?: boolean;
}

export interface EndFrame {
  readonly t: "end";
  readonly code: string;
}

export type ServerFrame = HelloFrame | StateFrame | EventFrame | BeatFrame | EndFrame;

export type ClientFrame =
  | {
      readonly t: "hello";
      readonly epoch: string | null;
      readonly seq: number | null;
      readonly console: string;
      readonly post: string;
    }
  | { readonly t: "beat" }
  | { readonly t: "sound"; readonly armed: boolean };

const KNOWN: ReadonlySet<unknown> = new Set(["hello", "state", "event", "beat", "end"]);

/** What one text frame says; null when it is no frame that this console knows. */
export function frameOf(text: unknown): ServerFrame | null {
  if (typeof text !== "string") return null;
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof read !== "object" || read === null) return null;
  const frame = read as { t?: unknown; seq?: unknown };
  if (!KNOWN.has(frame.t)) return null;
  if (frame.t !== "end" && !Number.isSafeInteger(frame.seq)) return null;
  return read as ServerFrame;
}

/** The page tells its worker. */
export type ToWorker =
  | { readonly t: "start"; readonly url: string; readonly probe: string; readonly console: string; readonly post: string }
  | { readonly t: "stop" }
  | { readonly t: "sound"; readonly armed: boolean }
  | { readonly t: "wake" };

export type LiveState = "live" | "lost" | "connecting";

/** The worker tells its page. */
export type ToPage =
  | { readonly t: "link"; readonly state: LiveState; readonly lostSince: number | null; readonly why: string | null }
  | { readonly t: "hello"; readonly officer: string; readonly locked: boolean; readonly resumed: boolean }
  | { readonly t: "locked"; readonly locked: boolean }
  | { readonly t: "state"; readonly state: StateFrame }
  | { readonly t: "event"; readonly event: EventFrame }
  | { readonly t: "clock"; readonly offset: number; readonly drift: boolean }
  | { readonly t: "tick"; readonly now: number }
  | { readonly t: "slept"; readonly ms: number }
  | { readonly t: "end"; readonly code: string };
