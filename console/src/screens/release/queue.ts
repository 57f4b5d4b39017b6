/**
 * What stands between a draft and its release, and whether this officer may release it; the node decides, and this says
 * beforehand why a button is not offered.
 */

export interface CheckDone {
  check: string;
  by: string;
  passed: boolean;
}

export interface DraftState {
  id: string;
  form: string;
  precedence: string;
  state: string;
  drafted_at: string | null;
  drafted_by: string | null;
  needs: readonly string[];
  checks: readonly CheckDone[];
  fields: Record<string, unknown>;
}

export interface DelegationState {
  id: string;
  kind: string;
  officers: readonly string[];
  forms: readonly string[];
  facility: string | null;
  valid_from: string | null;
  valid_until: string | null;
  covers_checks: boolean;
  draft: string | null;
}

export interface Who {
  officer: string;
  roles: readonly string[];
}

const RANK: Readonly<Record<string, number>> = { FLASH: 3, IMMEDIATE: 2, PRIORITY: 1, ROUTINE: 0 };

/** States in which nothing more happens to a draft. */
export const CLOSED: ReadonlySet<string> = new Set(["RELEASED", "WITHDRAWN"]);

/** The most urgent first, and of those the oldest. */
export function urgentFirst<T extends Pick<DraftState, "precedence" | "drafted_at" | "id">>(drafts: readonly T[]): T[] {
  return [...drafts].sort(
    (a, b) => (RANK[b.precedence] ?? 0) - (RANK[a.precedence] ?? 0) || String(a.drafted_at).localeCompare(String(b.drafted_at)) || a.id.localeCompare(b.id),
  );
}

export const isWaiting = (draft: Pick<DraftState, "state">): boolean => !CLOSED.has(draft.state);

/** Kinds of checks that returned the draft and did not pass it afterwards. */
export function returnedBy(draft: Pick<DraftState, "checks">): string[] {
  const passed = new Set(draft.checks.filter((one) => one.passed).map((one) => one.check));
  return [...new Set(draft.checks.filter((one) => !one.passed && !passed.has(one.check)).map((one) => one.check))];
}

/** The delegation under which an officer may release a draft alone, as far as a face can tell. */
export function authorityFor<T extends DelegationState>(draft: DraftState, who: Who, delegations: readonly T[], now: number): T | undefined {
  return delegations.find((one) => {
    if (!one.officers.includes(who.officer) || !one.valid_from || !one.valid_until) return false;
    if (now < Date.parse(one.valid_from) || now >= Date.parse(one.valid_until)) return false;
    if (one.kind === "voice") return one.draft === draft.id;
    return one.kind === "pre-approved" && one.forms.includes(draft.form) && (one.facility === null || one.facility === draft.fields["facility-id"]);
  });
}

/** Why this officer may not release the draft now: ids of reasons, none when he may. */
export function whyNot(draft: DraftState, releasers: readonly string[], who: Who, authority: DelegationState | undefined): string[] {
  if (CLOSED.has(draft.state)) return [draft.state === "RELEASED" ? "released" : "withdrawn"];
  const reasons: string[] = returnedBy(draft).map((kind) => `returned-${kind}`);
  const covered = authority?.covers_checks ?? false;
  for (const kind of ["linguist", "legal"])
    if (draft.needs.includes(kind) && !covered && !reasons.includes(`returned-${kind}`)) reasons.push(kind);
  if (authority) return reasons;
  const relation = draft.fields["relation"];
  const takesBack = Array.isArray(relation) && ["recalls", "discontinues"].includes(String(relation[0]));
  if (!takesBack && !who.roles.some((role) => releasers.includes(role))) reasons.push("role");
  if (draft.needs.includes("second person") && draft.drafted_by === who.officer) reasons.push("drafter");
  return reasons;
}

/** The R4 that goes with a draft that answers a message; null for one that has no verb or answers nothing. */
export function answerOf(draft: DraftState): { message: string; verb: string; answer_by?: string } | null {
  const { answers, verb } = draft.fields;
  if (draft.form !== "REPLY" || typeof answers !== "string" || typeof verb !== "string") return null;
  const by = draft.fields["answer-by"];
  return { message: answers, verb, ...(typeof by === "string" ? { answer_by: by } : {}) };
}
