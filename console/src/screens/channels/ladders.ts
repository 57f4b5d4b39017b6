/** Runs up a ladder: what a person may answer to one, and how it stands, by shape and word. */
import type { Level } from "$ui/Status.svelte";

export const OPEN = ["TRYING", "PROPOSED", "WAITING"] as const;
export const ANSWERS = ["USE", "WAIT", "SKIP", "ANSWERED", "STOP"] as const;
export type Answer = (typeof ANSWERS)[number];

const SHAPES: Record<string, Level> = { TRYING: "standby", WAITING: "standby", PROPOSED: "serious", ANSWERED: "normal", STOPPED: "off" };
export const shapeOfRun = (status: string): Level => SHAPES[status] ?? "off";

export function isOpen(status: string): boolean {
  return (OPEN as readonly string[]).includes(status);
}
/** Whether a rung is left to be proposed: then using it asks what using it says. */
export function mayUse(run: { status: string; proposed: string | null }): boolean {
  return isOpen(run.status) && run.proposed !== "NONE-LEFT";
}
const ALLOWED: Record<string, readonly Answer[]> = { TRYING: ["USE", "ANSWERED", "STOP"], PROPOSED: ANSWERS, WAITING: ["USE", "WAIT", "ANSWERED", "STOP"] };
/** Return what may be answered to a run as it stands (channels/ladders.py, TRANSITIONS). */
export function answersOf(run: { status: string; proposed: string | null }): readonly Answer[] {
  return (ALLOWED[run.status] ?? []).filter((one) => one !== "USE" || mayUse(run));
}

/** What an answer needs beside its reason. */
export function needs(answer: Answer, approves: readonly string[]): ReadonlySet<"says" | "approved_by" | "until" | "reference"> {
  if (answer === "USE") return new Set(approves.length ? ["says", "approved_by"] as const : ["says"] as const);
  if (answer === "WAIT") return new Set(["until"] as const);
  return new Set(answer === "ANSWERED" ? (["reference"] as const) : []);
}
/** Minutes as people write a wait, in seconds as the node keeps it; undefined when it is no number. */
export function waitOf(minutes: string): number | undefined {
  const read = Number(minutes.replace(",", "."));
  return minutes.trim() === "" || !Number.isFinite(read) || read < 0 ? undefined : Math.round(read * 60);
}
