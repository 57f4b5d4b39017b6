/** Notices in bulk as a coordinator sees them: where each party stands with each notice, and a whole batch in chunks. */
import type { AnswerOf } from "$lib/api.ts";
import type { Level } from "$ui/Status.svelte";

export type Notice = AnswerOf<"notices">["rows"][number];
export type PartyState = Notice["parties"][number];
export type BatchShown = AnswerOf<"notice-batch">;
export type Staged = AnswerOf<"dry-run-notices">;

const DAY_MS = 86_400_000;

/** What stands in one cell: shape and word, and what is to be said beside it. */
export interface Cell {
  level: Level;
  /** Id of the message that says it, and its arguments. */
  word: string;
  args: Record<string, string | number>;
  /** The party holds an older version than the one that stands. */
  older: number | null;
  attested: boolean;
  /** Somebody has yet to do something for this party. */
  owed: boolean;
}

/** Return what one party's cell says: never more than what is known of the version that stands. */
export function cellOf(notice: Pick<Notice, "withdrawn" | "expired" | "version">, party: PartyState): Cell {
  const gone = notice.withdrawn || party.no_longer_for === true;
  const older = party.holds_older ? (party.holds_version ?? null) : null;
  const cell = (level: Level, word: string, owed = false, args: Record<string, string | number> = {}): Cell => ({ level, word, args, older, attested: party.proof === "ATTESTED", owed });
  if (notice.expired && !gone) return cell("off", "notices-cell-expired");
  if (gone) {
    if (party.state === "RECEIPTED") return cell("off", "notices-cell-withdrawn", false, { level: party.level ?? "" });
    if (party.state === "SENT") return cell("standby", "notices-cell-withdrawal-sent");
    if (party.state === "DRAFTED") return cell("serious", "notices-cell-withdrawal-drafted", true);
    // Who was never told of a notice has nothing to be told of its end.
    if (!party.holds_version && !party.sent_version) return cell("off", "notices-cell-never-told");
    return cell("serious", "notices-cell-withdrawal-owed", true);
  }
  switch (party.state) {
    case "RECEIPTED":
      return party.level === "R0" || party.level === null ? cell("standby", "notices-cell-held") : cell("normal", "notices-cell-receipt", false, { level: party.level ?? "" });
    case "SENT":
      return cell("standby", party.line ? "notices-cell-released" : "notices-cell-handed");
    case "DRAFTED":
      return cell(older ? "serious" : "caution", "notices-cell-drafted", true);
    default:
      return cell(older ? "serious" : "caution", party.line ? "notices-cell-owed" : "notices-cell-owed-sheet", true);
  }
}

/** Tell whether a notice runs out within a day of `now` and stands until then. */
export function expiresSoon(notice: Notice, now: number): boolean {
  if (notice.withdrawn || notice.expired || !notice.valid_until) return false;
  const left = Date.parse(notice.valid_until) - now;
  return left >= 0 && left <= DAY_MS;
}

/** Return every party of some notices, those with a line first. */
export function partiesOf(notices: readonly Notice[]): { party: string; line: boolean }[] {
  const found = new Map<string, boolean>();
  for (const notice of notices) for (const one of notice.parties) found.set(one.party, one.line);
  return [...found].map(([party, line]) => ({ party, line })).sort((a, b) => Number(b.line) - Number(a.line) || a.party.localeCompare(b.party));
}

export const SHOWS = ["active", "owed", "unread", "expiring", "older", "ended", "all"] as const;
export type Show = (typeof SHOWS)[number];

/** Tell whether a notice belongs under one filter. */
export function shows(notice: Notice, show: Show, now: number, only: string): boolean {
  const parties = only ? notice.parties.filter((one) => one.party === only) : notice.parties;
  if (parties.length === 0) return false;
  const ended = notice.withdrawn || notice.expired;
  const cells = () => parties.map((one) => cellOf(notice, one));
  switch (show) {
    case "active":
      return !ended;
    case "owed":
      return cells().some((one) => one.owed);
    case "unread":
      return !ended && cells().some((one) => one.word === "notices-cell-released" || one.word === "notices-cell-held" || one.word === "notices-cell-handed");
    case "expiring":
      return expiresSoon(notice, now);
    case "older":
      return cells().some((one) => one.older !== null);
    case "ended":
      return ended;
    default:
      return true;
  }
}

export function found(notice: Notice, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return !wanted || [notice.notice, notice.reference, notice.name, notice.organisation].some((one) => one.toLowerCase().includes(wanted));
}

export const STEPS = ["draft", "legal", "linguist", "release"] as const;
export type Step = (typeof STEPS)[number];

/** The act that each step's bodies are signed with; a chunk that asks for another is not signed. */
export const STEP_ACTS: Readonly<Record<Step, string>> = { draft: "draft", legal: "legal-tick", linguist: "linguist-check", release: "release" };

/** Return how many messages a step is about, as the node counts them: parties with a line alone. */
export function waiting(batch: Pick<BatchShown, "parties" | "checks_missing">, step: Step): number {
  if (step === "legal" || step === "linguist") return batch.checks_missing[step] ?? 0;
  const state = step === "draft" ? "OWED" : "DRAFTED";
  return batch.parties.filter((one) => one.line).reduce((sum, one) => sum + (one.states[state] ?? 0), 0);
}

/** Return the step that a batch waits for: what is drafted is checked before it is released. */
export function nextStep(batch: Pick<BatchShown, "parties" | "checks_missing">): Step | undefined {
  return STEPS.find((step) => waiting(batch, step) > 0);
}

/** Return what would be entered of a sheet. */
export function enters(staged: Pick<Staged, "new" | "changed_count">): number {
  return staged.new + staged.changed_count;
}

interface Chunk<Body> {
  bodies: readonly Body[];
  parties: BatchShown["parties"];
  checks_missing: BatchShown["checks_missing"];
}

/**
 * Do one step of a whole batch chunk by chunk: prepare, sign, and so on until nothing of it waits. What was entered
 * stays entered when a chunk is refused; the same again goes on where it ended.
 */
export async function whole<Body>(step: Step, prepare: () => Promise<Chunk<Body>>, sign: (bodies: readonly Body[], first: boolean, of: number) => Promise<void>, tell: (done: number, of: number) => void): Promise<number> {
  let chunk = await prepare();
  const of = waiting(chunk, step);
  let done = 0;
  while (chunk.bodies.length > 0 && done < of) {
    tell(done, of);
    await sign(chunk.bodies, done === 0, of);
    done += chunk.bodies.length;
    tell(done, of);
    if (done < of) chunk = await prepare();
  }
  return done;
}

/** Columns of the sheet that is handed to a party without a line. */
export const SHEET_HEAD = ["notice", "version", "reference", "name", "organisation", "contact", "starts_at", "ends_at", "valid_until", "where", "urgency", "state"] as const;

/** Return one row of it; it names that party and no other. */
export function sheetRow(notice: Notice): (string | number)[] {
  const gone = notice.withdrawn || notice.parties.some((one) => one.no_longer_for);
  const times = gone ? ["", "", ""] : [notice.from ?? "", notice.until ?? "", notice.valid_until ?? ""];
  return [notice.notice, notice.version, notice.reference, notice.name, notice.organisation, gone ? "" : (notice.contact ?? ""), ...times, gone ? "" : (notice.where ?? ""), notice.urgency, gone ? "WITHDRAWN" : "STANDS"];
}
