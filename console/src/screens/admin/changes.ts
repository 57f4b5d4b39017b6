/** Changes of officers as people decide them: who may say yes, what is still to be done, what takes effect when. */
import type { AnswerOf } from "$lib/api.ts";
import type { Level } from "$ui/Status.svelte";

export type Change = AnswerOf<"officer-changes">[number];
export type Officer = AnswerOf<"officers">[number];

/** What an administrator may propose here; a key file's own change is made with the command line. */
export const PROPOSALS = ["ADD-OFFICER", "CODE", "ROLES", "REMOVE-KEY", "REMOVE-OFFICER", "RECOVER"] as const;
export type Proposal = (typeof PROPOSALS)[number];

/** The node judges again; this only keeps a button from those whom it would refuse for certain. */
export function mayDecide(change: Change, officer: string): boolean {
  return change.status === "PROPOSED" && change.proposed_by !== officer && change.officer !== officer;
}

export function levelOf(change: Change): Level {
  if (change.status === "PROPOSED") return "caution";
  if (change.status === "APPROVED") return change.blocks_now ? "serious" : "caution";
  if (change.status === "IN-FORCE") return "normal";
  return change.status === "CODE" ? "standby" : "off";
}

/** Those that somebody here still has to do something about come first, the rest as the node gives it. */
export function waitingFirst(changes: readonly Change[]): Change[] {
  const rank = (one: Change) => ["PROPOSED", "APPROVED", "CODE"].indexOf(one.status) + 1 || 9;
  return [...changes].sort((a, b) => rank(a) - rank(b));
}

export interface Wish {
  what: Proposal;
  concerned: string;
  name: string;
  roles: readonly string[];
  key_id: string;
  reason: string;
}

/** What is still missing in a proposal, by the field; empty when it can be signed. */
export function missingIn(wish: Wish): string[] {
  const missing: string[] = [];
  if (!wish.concerned.trim()) missing.push("concerned");
  if (wish.what === "ADD-OFFICER" && !/^[a-z0-9][a-z0-9-]{1,63}$/.test(wish.concerned.trim())) missing.push("concerned");
  if (wish.what === "ADD-OFFICER" && !wish.name.trim()) missing.push("name");
  if ((wish.what === "ADD-OFFICER" || wish.what === "ROLES") && wish.roles.length === 0) missing.push("roles");
  if (wish.what === "REMOVE-KEY" && !wish.key_id) missing.push("key_id");
  if (!wish.reason.trim()) missing.push("reason");
  return [...new Set(missing)];
}

/** The arguments of a proposal; a code is asked for by another operation, in which `recover` says what it is for. */
export function argsOf(wish: Wish): { kind: "officer-change" | "officer-code"; args: Record<string, unknown> } {
  const { what, reason } = wish;
  const common = { concerned: wish.concerned.trim(), reason: reason.trim() };
  if (what === "CODE" || what === "RECOVER") return { kind: "officer-code", args: { ...common, recover: what === "RECOVER" } };
  const more: Record<string, unknown> = {
    "ADD-OFFICER": { name: wish.name.trim(), roles: [...wish.roles] },
    ROLES: { roles: [...wish.roles] },
    "REMOVE-KEY": { key_id: wish.key_id },
    "REMOVE-OFFICER": {},
  }[what];
  return { kind: "officer-change", args: { what, ...common, ...more } };
}
