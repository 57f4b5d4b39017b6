/**
 * Acts of the officer: prepared by the node, checked and shown here, signed by the officer's key, submitted once.
 *
 *     const { id } = await act("message", { line, form: "TEST", values, alone: true });
 *
 * An act that the officer closes unsigned rejects with a problem SIGN-CANCELLED (`isCancelled`) and leaves nothing
 * behind, since preparing stores nothing. A submission that gets no answer is sent again under the same key.
 */
import { ApiProblem, ask } from "./api.ts";
import { session, type Session } from "./session.svelte.ts";
import { type Asked, bytesOfHash, check, type Checked, checkDraft } from "./sign/check.ts";
import { isUnlocked, openedKeyId, signWithKey } from "./sign/keys.svelte.ts";
import { assertPasskey, supported } from "./sign/passkey.ts";
import { CANCELLED, problemOf, SignProblem } from "./sign/problems.ts";

export { isCancelled } from "./sign/problems.ts";
export type { Asked, Checked } from "./sign/check.ts";

/** What became of one submission. */
export interface Submitted {
  type: string;
  id?: string | null;
  number?: number | null;
  delivery?: string | null;
  index?: number | null;
}

/** A prepared body with the officer's act over it, as /v1/submit takes it. */
export type Submission = Record<string, unknown> & { acts: unknown[] };

export interface ActOptions {
  /** The role to act in, when the officer has several; the node's choice when missing. */
  role?: string;
  /** Heading of the dialog, in words; the act in words when missing. */
  title?: string;
  /** "none": no dialog of ours for quick acts (an alarm accepted, R1, a line check). A locked key is still asked for. */
  confirm?: "show" | "none";
  /** Send what was signed elsewhere than to /v1/submit (a file with it, a chunk of notices). */
  submitWith?: (submissions: Submission[], key: string) => Promise<unknown>;
  /** Add what one submission needs beside body and acts. */
  more?: (asked: Asked, at: number) => Record<string, unknown>;
}

export type Args = Record<string, unknown>;

/** One act of several: arguments may be made from what was prepared before (an R4 names its reply's body hash). */
export interface Step {
  kind: string;
  args: Args | ((before: readonly Checked[]) => Args);
}

export type Way = "passkey" | "file-key";

// --- what screens call -----------------------------------------------------------------------------------------------

/** Ask the node for a body, without showing or signing it (the peer of a pin, a file's dry run). */
export function prepare<T extends Asked = Asked>(kind: string, args: Args): Promise<T> {
  return ask<T>("POST", `/v1/prepare/${encodeURIComponent(kind)}`, args);
}

/** Prepare, show, sign and submit one act. */
export async function act(kind: string, args: Args, options: ActOptions = {}): Promise<Submitted> {
  return only(await actAll([{ kind, args }], options));
}

/** Several acts under one dialog, entered together or not at all (at most four): a reply and its R4. */
export async function actAll(steps: readonly Step[], options: ActOptions = {}): Promise<Submitted[]> {
  const who = signer();
  const checked: Checked[] = [];
  for (const { kind, args } of steps) {
    const asked = await prepare(kind, typeof args === "function" ? args(checked) : args);
    checked.push(await checkedBy(who, asked, options.role));
  }
  return finish(checked, options);
}

/** Show, sign and submit what was prepared already. */
export async function actPrepared(asked: readonly Asked[], options: ActOptions = {}): Promise<Submitted[]> {
  const who = signer();
  const checked = await Promise.all(asked.map((one) => checkedBy(who, one, options.role)));
  return finish(checked, options);
}

/** Release a draft: the very body that was drafted, signed by this officer beside its drafter. */
export async function release(draft: string, options: ActOptions = {}): Promise<Submitted> {
  const who = signer();
  const checked = await checkedBy(who, await prepare("release", { draft }), options.role);
  if (checked.prepared.type !== "message" || checked.act !== "release") throw new SignProblem("SIGN-MISMATCH");
  return only(await finish([checked], { ...options, more: () => ({ release: checked.hash, prepared: undefined }) }));
}

/** Where a STOP goes: the line's id or the peer's code, and the peer's code for people. */
export interface StopLine {
  line: string;
  peer: string;
}

export interface StopResult {
  peer: string;
  done?: Submitted;
  problem?: ApiProblem;
}

/**
 * STOP on every line given, under one dialog. Each line is signed and submitted by itself: one that refuses does not
 * hold the others up. `values` are the form's: place, facility-id, stop-reason ...
 */
export async function stop(values: Args, lines: readonly StopLine[], options: ActOptions = {}): Promise<StopResult[]> {
  const who = signer();
  const results: StopResult[] = lines.map(({ peer }) => ({ peer }));
  const ready: { at: number; checked: Checked }[] = [];
  const prepareOne = async ({ line }: StopLine, at: number) => {
    try {
      const given = { line, form: "STOP", precedence: "FLASH", values, alone: true };
      ready.push({ at, checked: await checkedBy(who, await prepare("message", given), options.role) });
    } catch (error) {
      (results[at] as StopResult).problem = problemOf(error);
    }
  };
  await Promise.all(lines.map(prepareOne));
  ready.sort((a, b) => a.at - b.at);
  if (ready.length === 0) {
    if (results[0]?.problem) throw results[0].problem;
    return results;
  }
  const each = async (submission: Submission, at: number) => {
    const result = results[(ready[at] as { at: number }).at] as StopResult;
    try {
      result.done = only(await submitted(await submitOnce([submission])));
    } catch (error) {
      result.problem = problemOf(error);
    }
  };
  await finish(
    ready.map((one) => one.checked),
    { ...options, submitWith: async (all) => ({ results: await Promise.all(all.map(each)) }) },
  );
  return results;
}

// --- who signs, with what --------------------------------------------------------------------------------------------

function signer(): Session {
  if (session.current === null) throw new SignProblem("SIGN-NO-SESSION");
  return session.current;
}

async function checkedBy(who: Session, asked: Asked, role?: string): Promise<Checked> {
  try {
    const checked = check(who, asked, role);
    await readDraft(checked);
    return checked;
  } catch (error) {
    throw problemOf(error);
  }
}

/** A tick over a draft is shown with the draft's text, once that draft's bytes have the hash that is ticked. */
async function readDraft(checked: Checked): Promise<void> {
  if (checked.prepared.type !== "check") return;
  const named = bytesOfHash(checked.prepared.body.get(20));
  if (named === null) throw new SignProblem("SIGN-MISMATCH");
  const draft = await ask<{ prepared: string; text: string }>("GET", `/v1/drafts/${named}`);
  checked.about = checkDraft(session.current as Session, draft, named);
}

/** Return the ways in which this officer can sign in this browser, the likeliest first. */
export function waysOf(who: Session): Way[] {
  const ways: Way[] = [];
  if (who.keys.some((one) => one.kind === 2) && supported()) ways.push("passkey");
  if (who.keys.some((one) => one.kind === 1)) ways.push("file-key");
  const first: Way = isUnlocked(who.officer) || who.method === "file-key" ? "file-key" : "passkey";
  return ways.sort((a, b) => Number(b === first) - Number(a === first));
}

async function attest(who: Session, checked: Checked, way: Way): Promise<Record<string, unknown>> {
  const said = { act: checked.act, role: checked.role, officer: who.officer };
  if (way === "file-key") return { ...said, ...(await signWithKey(checked.statement, who.officer)) };
  try {
    const passkeys = who.keys.filter((one) => one.kind === 2);
    const { key_id, assertion } = await assertPasskey(checked.statement, passkeys);
    return { ...said, key_id, assertion };
  } catch (error) {
    throw problemOf(error);
  }
}

// --- signing and submitting ------------------------------------------------------------------------------------------

/** Shown to the officer by sign/SignDialog.svelte while it stands. */
export class Signing {
  readonly who: Session;
  readonly checked: readonly Checked[];
  readonly title: string | null;
  readonly ways: readonly Way[];
  way = $state<Way>("file-key");
  phase = $state<"shown" | "signing" | "submitting" | "waiting">("shown");
  problem = $state.raw<ApiProblem | null>(null);
  readonly done: Promise<Submitted[]>;
  readonly #options: ActOptions;
  #resolve: (results: Submitted[]) => void = () => {};
  #reject: (problem: ApiProblem) => void = () => {};
  #ended = false;

  constructor(who: Session, checked: readonly Checked[], options: ActOptions) {
    this.who = who;
    this.checked = checked;
    this.title = options.title ?? null;
    this.ways = waysOf(who);
    this.way = this.ways[0] ?? "file-key";
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  /** Whether a passphrase must be asked first. */
  get locked(): boolean {
    return this.way === "file-key" && !isUnlocked(this.who.officer);
  }

  /** Sign everything shown and submit it; what fails while signing is said in the dialog, which stays. */
  async confirm(): Promise<void> {
    if (this.phase !== "shown") return;
    this.phase = "signing";
    this.problem = null;
    let submissions: Submission[];
    try {
      submissions = await this.#signed();
    } catch (error) {
      this.problem = problemOf(error);
      this.phase = "shown";
      return;
    }
    if (this.#ended) return;
    this.phase = "submitting";
    try {
      const send = this.#options.submitWith;
      const answer = send
        ? await send(submissions, crypto.randomUUID())
        : await submitOnce(submissions, () => (this.phase = "waiting"), () => this.#ended);
      this.#end(() => this.#resolve(submitted(answer)));
    } catch (error) {
      this.#end(() => this.#reject(problemOf(error)));
    }
  }

  async #signed(): Promise<Submission[]> {
    const made: Submission[] = [];
    // One after the other: a passkey asks its owner for each.
    for (const [at, one] of this.checked.entries()) {
      if (this.#ended) throw new SignProblem(CANCELLED);
      const acts = [await attest(this.who, one, this.way)];
      made.push({ prepared: one.asked.prepared, acts, ...this.#options.more?.(one.asked, at) });
    }
    return made;
  }

  /** Close unsigned. What was sent already is not called back: the dialog then only stops waiting for its answer. */
  cancel(): void {
    const sent = this.phase === "submitting" || this.phase === "waiting";
    this.#end(() => this.#reject(new SignProblem(sent ? "SIGN-NO-ANSWER" : CANCELLED)));
  }

  /** End with a problem: an act without a dialog has nowhere else to say it. */
  cancelWith(problem: ApiProblem): void {
    this.#end(() => this.#reject(problem));
  }

  #end(settle: () => void): void {
    if (this.#ended) return;
    this.#ended = true;
    settle();
  }
}

let queue = $state.raw<readonly Signing[]>([]);

/** Return what waits for the officer's hand, the first of it; the dialog shows one at a time. */
export function pending(): Signing | null {
  return queue[0] ?? null;
}

async function finish(checked: readonly Checked[], options: ActOptions): Promise<Submitted[]> {
  const signing = new Signing(signer(), checked, options);
  if (signing.ways.length === 0) throw new SignProblem("KEY-NONE");
  if (options.confirm === "none" && !signing.locked) {
    void signing.confirm().then(() => {
      if (signing.problem !== null) signing.cancelWith(signing.problem);
    });
    return signing.done;
  }
  queue = [...queue, signing];
  try {
    return await signing.done;
  } finally {
    queue = queue.filter((one) => one !== signing);
  }
}

/** Waits between two attempts to submit, seconds; then the officer is told. */
const AGAIN_AFTER_S = [1, 2, 3, 5, 5, 10, 10, 15] as const;

/** Submit; when no answer comes, send the same bytes under the same key again, which enters them once. */
async function submitOnce(
  submissions: readonly Submission[],
  waiting: () => void = () => {},
  ended: () => boolean = () => false,
): Promise<unknown> {
  const headers = { "Idempotency-Key": crypto.randomUUID() };
  for (let at = 0; ; at++) {
    try {
      return await ask("POST", "/v1/submit", { submissions }, headers);
    } catch (error) {
      const wait = AGAIN_AFTER_S[at];
      if (!(error instanceof ApiProblem) || error.status !== 0 || wait === undefined || ended()) throw error;
      waiting();
      await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    }
  }
}

function submitted(answer: unknown): Submitted[] {
  if (Array.isArray(answer)) return answer as Submitted[];
  const { results } = (answer ?? {}) as { results?: Submitted[] };
  return Array.isArray(results) ? results : [answer as Submitted];
}

function only(results: readonly Submitted[]): Submitted {
  return results[0] ?? { type: "unknown" };
}

/** Tell which key signs, for the dialog: its id, shortened as people read it. */
export function keyShown(signing: Signing): string {
  const ofKind = signing.who.keys.filter((one) => one.kind === (signing.way === "passkey" ? 2 : 1));
  const id = signing.way === "file-key" ? (openedKeyId() ?? ofKind[0]?.key_id) : ofKind.length === 1 ? ofKind[0]?.key_id : undefined;
  return id?.slice(0, 12) ?? "";
}
