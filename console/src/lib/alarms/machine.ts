/**
 * What rings and what stands on the bar now: the node's alarms and this console's own, as one pure machine.
 *
 * States follow OPC UA Part 9 (unaccepted, accepted, answered, rectified but unaccepted); silence and passing on follow
 * IEC 62923: silence lasts at most half a minute, ends by itself, is broken by every new alarm, and accepts nothing.
 * Accepting is a signed act and happens at the node; nothing here ever makes a receipt.
 */

import type { Alarm, Bell, Opens, Shelf } from "../live/wire.ts";

export const SILENCE_MS = 30_000;
/** After a minute that nobody accepts, the bell is faster and higher. */
export const SECOND_SOUND_MS = 60_000;
/** An alarm passed to somebody else rings here again when he has not accepted it after a minute. */
export const PASSED_MS = 60_000;
/** This console's own alarms, accepted here alone, are said again after five minutes: a lost node is not forgotten. */
export const REMIND_MS = 300_000;
/** More of one kind than these stand in one row with their number; a FLASH always has its own. */
export const GROUP_FROM = 4;
/** Identities of alarms already spoken; more than a floor can have open, so that a flood is not spoken twice. */
const SPOKEN_MAX = 10_000;

export type LocalKind = "NODE-LOST" | "SOUND-NOT-ARMED" | "CLOCK-DRIFT";
export type ItemState = "unaccepted" | "accepted" | "answered" | "rectified";

export const BELLS: readonly Bell[] = ["flash", "alarm", "warning", "caution"];
const LOCAL_BELLS: Readonly<Record<LocalKind, Bell>> = {
  "NODE-LOST": "alarm",
  "SOUND-NOT-ARMED": "warning",
  "CLOCK-DRIFT": "caution",
};

/** One alarm as the console shows it, the node's or its own. */
export interface Item {
  readonly id: string;
  readonly kind: string;
  readonly bell: Bell;
  readonly state: ItemState;
  readonly raisedAt: number;
  /** The node's English sentence; screens say the kind in the officer's language where they can. */
  readonly sentence: string;
  /** Words of which a peer may have written part. */
  readonly detail: string;
  readonly line: string;
  readonly local: boolean;
  readonly opens: Opens | null;
  readonly passedTo: string | null;
  readonly shelvedUntil: number | null;
  readonly shelf: Shelf | null;
  readonly mayShelve: boolean;
  /** Rings at this console now (silence aside). */
  readonly due: boolean;
  readonly silenced: boolean;
  readonly old: boolean;
}

/** What rings: the most urgent bell there is, once, however many alarms stand behind it. */
export interface Ring {
  readonly bell: Bell;
  readonly fast: boolean;
}

/** Said once to whoever cannot see the screen: one alarm, or many of one kind. */
export interface Spoken {
  readonly item: Item;
  readonly count: number;
}

/** A row of the bar and of the list: one alarm, or all of one kind when there are many. */
export interface Row {
  readonly key: string;
  readonly first: Item;
  readonly items: readonly Item[];
}

export interface View {
  readonly items: readonly Item[];
  readonly rows: readonly Row[];
  readonly top: Row | null;
  /** Unaccepted alarms (rectified ones too) that are not shelved. */
  readonly count: number;
  readonly flashes: number;
  readonly ring: Ring | null;
  readonly silencedUntil: number | null;
}

export interface Locals {
  /** Since when the node is lost, null while it is not. */
  readonly lostSince: number | null;
  /** Whether the watch is held here and the sound is not armed. */
  readonly unarmed: boolean;
  readonly drift: boolean;
}

interface LocalAlarm {
  readonly kind: LocalKind;
  readonly since: number;
  readonly acceptedAt: number | null;
}

export interface AlarmState {
  readonly node: readonly Alarm[];
  /** Unaccepted alarms that the node did not send because there are so many. */
  readonly more: number;
  readonly local: readonly LocalAlarm[];
  readonly silencedUntil: number | null;
  readonly silencedIds: ReadonlySet<string>;
  readonly spoken: ReadonlySet<string>;
  /** Names that an alarm may be passed to and mean this console: its officer, his roles, its post. */
  readonly names: ReadonlySet<string>;
}

export type AlarmInput =
  | { readonly kind: "node"; readonly alarms: readonly Alarm[]; readonly more?: number }
  | { readonly kind: "local"; readonly locals: Locals }
  | { readonly kind: "who"; readonly names: readonly string[] }
  | { readonly kind: "silence" }
  | { readonly kind: "accept-local"; readonly id: string }
  | { readonly kind: "tick" };

export interface AlarmStep {
  readonly state: AlarmState;
  readonly view: View;
  readonly spoken: readonly Spoken[];
}

export const QUIET: AlarmState = {
  node: [],
  more: 0,
  local: [],
  silencedUntil: null,
  silencedIds: new Set(),
  spoken: new Set(),
  names: new Set(),
};

export const NOTHING: View = {
  items: [],
  rows: [],
  top: null,
  count: 0,
  flashes: 0,
  ring: null,
  silencedUntil: null,
};

/** Return the next state, what is seen and heard by it, and what is spoken for the first time. */
export function step(before: AlarmState, input: AlarmInput, now: number): AlarmStep {
  const after = broken(taken(before, input, now), now);
  const view = viewOf(after, now);
  const fresh = view.items.filter((item) => waits(item) && !after.spoken.has(spokenKey(item)));
  const state = fresh.length === 0 ? after : { ...after, spoken: remembered(after.spoken, fresh) };
  return { state, view, spoken: said(fresh) };
}

function taken(state: AlarmState, input: AlarmInput, now: number): AlarmState {
  switch (input.kind) {
    case "node":
      return { ...state, node: input.alarms, more: input.more ?? 0 };
    case "local":
      return { ...state, local: locals(state.local, input.locals, now) };
    case "who":
      return { ...state, names: new Set(input.names) };
    case "silence": {
      const ids = itemsOf(state, now).filter((item) => item.due).map((item) => item.id);
      return ids.length === 0 ? state : { ...state, silencedUntil: now + SILENCE_MS, silencedIds: new Set(ids) };
    }
    case "accept-local":
      return {
        ...state,
        local: state.local.map((one) => (localId(one) === input.id ? { ...one, acceptedAt: now } : one)),
      };
    case "tick":
      return state;
  }
}

/** Silence ends by its time, by a clock that was set back, and by every alarm that it was not meant for. */
function broken(state: AlarmState, now: number): AlarmState {
  if (state.silencedUntil === null) return state;
  const over = now >= state.silencedUntil || state.silencedUntil - now > SILENCE_MS;
  const fresh = itemsOf(state, now).some((item) => item.due && !state.silencedIds.has(item.id));
  return over || fresh ? { ...state, silencedUntil: null, silencedIds: new Set() } : state;
}

// --- this console's own alarms --------------------------------------------------------------------------------------

const localId = (alarm: LocalAlarm): string => `local:${alarm.kind}:${alarm.since}`;

function locals(before: readonly LocalAlarm[], now: Locals, at: number): readonly LocalAlarm[] {
  const since: Record<LocalKind, number | null> = {
    "NODE-LOST": now.lostSince,
    "SOUND-NOT-ARMED": now.unarmed ? at : null,
    "CLOCK-DRIFT": now.drift ? at : null,
  };
  return (Object.keys(since) as LocalKind[]).flatMap((kind) => {
    const begun = since[kind];
    if (begun === null) return [];
    return [before.find((one) => one.kind === kind) ?? { kind, since: begun, acceptedAt: null }];
  });
}

function localItem(alarm: LocalAlarm, silenced: boolean, now: number): Item {
  const { kind, since, acceptedAt } = alarm;
  const accepted = acceptedAt !== null && now >= acceptedAt && now - acceptedAt < REMIND_MS;
  return {
    id: localId(alarm),
    kind,
    bell: LOCAL_BELLS[kind],
    state: accepted ? "accepted" : "unaccepted",
    raisedAt: since,
    sentence: kind,
    detail: "",
    line: "",
    local: true,
    opens: null,
    passedTo: null,
    shelvedUntil: null,
    shelf: null,
    mayShelve: false,
    due: !accepted,
    silenced: silenced && !accepted,
    old: !accepted && now - (acceptedAt === null ? since : acceptedAt + REMIND_MS) >= SECOND_SOUND_MS,
  };
}

// --- the node's alarms ----------------------------------------------------------------------------------------------

/** Bells of kinds for a node that does not say them: a STOP or FLASH is never less than what it is. */
export function bellOf(alarm: Pick<Alarm, "kind" | "bell" | "precedence">): Bell {
  if (/^(STOP|FLASH)-/.test(alarm.kind) || alarm.precedence === "FLASH") return "flash";
  return alarm.bell ?? "alarm";
}

const instant = (text: string | null | undefined): number | null => {
  const at = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
};

function stateOf(alarm: Alarm): ItemState {
  if (alarm.state === "answered") return "answered";
  if (alarm.state === "accepted" || alarm.accepted_at) return "accepted";
  return alarm.ended_at ? "rectified" : "unaccepted";
}

const NOBODY: ReadonlySet<string> = new Set();

/** Turn one alarm of the node into what is shown; also for the list, which has accepted ones. */
export function itemOf(alarm: Alarm, now: number, names: ReadonlySet<string> = NOBODY, silencedIds = NOBODY): Item {
  const bell = bellOf(alarm);
  const state = stateOf(alarm);
  const raisedAt = instant(alarm.raised_at) ?? now;
  const until = instant(alarm.shelved_until);
  const shelvedUntil = until !== null && until > now && bell !== "flash" ? until : null;
  const passedTo = alarm.passed_to && !names.has(alarm.passed_to) ? alarm.passed_to : null;
  const passedAt = instant(alarm.passed_at);
  // A FLASH rings for everybody until somebody accepts it, whoever it was passed to.
  const elsewhere = bell !== "flash" && passedTo !== null && passedAt !== null && now - passedAt < PASSED_MS;
  // What ended by itself is still shown until a person accepts it, but only a FLASH goes on ringing.
  const sounds = state === "unaccepted" || (state === "rectified" && bell === "flash");
  const due = sounds && shelvedUntil === null && !elsewhere;
  const silencedByNode = (instant(alarm.silenced_until) ?? 0) > now;
  return {
    id: alarm.id,
    kind: alarm.kind,
    bell,
    state,
    raisedAt,
    sentence: alarm.sentence,
    detail: alarm.detail,
    line: alarm.line,
    local: false,
    opens: alarm.opens ?? null,
    passedTo,
    shelvedUntil,
    shelf: alarm.shelf ?? null,
    mayShelve: alarm.may_shelve ?? false,
    due,
    silenced: due && (silencedByNode || silencedIds.has(alarm.id)),
    old: due && now - raisedAt >= SECOND_SOUND_MS,
  };
}

function itemsOf(state: AlarmState, now: number): Item[] {
  const local = state.local.map((one) => localItem(one, state.silencedIds.has(localId(one)), now));
  const node = state.node.map((one) => itemOf(one, now, state.names, state.silencedIds));
  return [...local, ...node];
}

// --- order, rows, bell ----------------------------------------------------------------------------------------------

/** Unaccepted, and not put aside: somebody has to do something. */
export const waits = (item: Item): boolean =>
  (item.state === "unaccepted" || item.state === "rectified") && item.shelvedUntil === null;

const STATES: readonly ItemState[] = ["unaccepted", "rectified", "accepted", "answered"];

const rank = (item: Item): readonly number[] => [
  waits(item) ? 0 : 1,
  BELLS.indexOf(item.bell),
  item.kind.startsWith("STOP-") ? 0 : 1,
  STATES.indexOf(item.state),
  item.passedTo === null ? 0 : 1,
  item.raisedAt,
];

/** Most urgent first: bell, STOP before other FLASH, unaccepted before rectified, ours before passed on, oldest. */
export function ordered(items: readonly Item[]): Item[] {
  const ranked = items.map((item) => ({ item, rank: rank(item) }));
  ranked.sort((a, b) => {
    const at = a.rank.findIndex((value, index) => value !== b.rank[index]);
    return at < 0 ? a.item.id.localeCompare(b.item.id) : (a.rank[at] ?? 0) - (b.rank[at] ?? 0);
  });
  return ranked.map(({ item }) => item);
}

/** Rows in order; many of one kind, bell and state stand as one, but a FLASH never stands behind another. */
export function rowsOf(items: readonly Item[]): Row[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = `${item.kind}|${item.bell}|${item.state}|${item.shelvedUntil === null ? "" : "shelved"}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const rows: Row[] = [];
  for (const [key, group] of groups) {
    const [first] = group;
    if (first === undefined) continue;
    if (group.length >= GROUP_FROM && first.bell !== "flash") rows.push({ key, first, items: group });
    else rows.push(...group.map((item) => ({ key: item.id, first: item, items: [item] })));
  }
  const place = new Map(items.map((item, index) => [item, index]));
  return rows.sort((a, b) => (place.get(a.first) ?? 0) - (place.get(b.first) ?? 0));
}

function ringOf(items: readonly Item[]): Ring | null {
  const ringing = items.filter((item) => item.due && !item.silenced);
  const bell = BELLS.find((one) => ringing.some((item) => item.bell === one));
  if (bell === undefined) return null;
  return { bell, fast: ringing.some((item) => item.bell === bell && item.old) };
}

function viewOf(state: AlarmState, now: number): View {
  const items = ordered(itemsOf(state, now));
  const waiting = items.filter(waits);
  const rows = rowsOf(items);
  const [top] = rows;
  return {
    items,
    rows,
    top: top !== undefined && waits(top.first) ? top : null,
    count: waiting.length + state.more,
    flashes: waiting.filter((item) => item.bell === "flash").length,
    ring: ringOf(items),
    silencedUntil: state.silencedUntil,
  };
}

// --- speech ---------------------------------------------------------------------------------------------------------

/** A reminder of a local alarm is spoken again, so its state is part of what was spoken. */
const spokenKey = (item: Item): string => (item.local ? `${item.id}:${item.old ? "old" : ""}` : item.id);

function remembered(spoken: ReadonlySet<string>, fresh: readonly Item[]): ReadonlySet<string> {
  const all = [...spoken, ...fresh.map(spokenKey)];
  return new Set(all.slice(-SPOKEN_MAX));
}

function said(fresh: readonly Item[]): Spoken[] {
  return rowsOf(fresh).map((row) => ({ item: row.first, count: row.items.length }));
}
