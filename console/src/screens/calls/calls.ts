/** Calls: what a person may do at which moment, how a voice stands, and the record that is proposed to the other side. */
import type { AnswerOf } from "$lib/api.ts";
import type { Level } from "$ui/Status.svelte";

export type Call = AnswerOf<"call">;

export const OUTCOMES = ["REACHED", "NO-ANSWER", "BUSY", "REFUSED", "CUT-OFF", "WRONG-PERSON", "LEFT-WORD", "UNKNOWN"] as const;
export const RECORDINGS = ["UNKNOWN", "BY-US", "BY-THEM", "BY-BOTH", "NOBODY"] as const;
const IDENTITY: Record<string, Level> = { VERIFIED: "normal", UNVERIFIED: "serious", DISOWNED: "critical" };
export const shapeOfIdentity = (identity: string): Level => IDENTITY[identity] ?? "off";

/** What is done with what a voice said: refused by the node while nobody knows whose it is (docs/calls.md). */
export const mayPassOn = (call: Pick<Call, "identity">): boolean => call.identity === "VERIFIED";

/** A caller's next step, in the order in which it matters. */
export function nextStep(call: Pick<Call, "identity" | "direction" | "status" | "broke_in_at" | "rung_at" | "contact" | "agreed">): "operations" | "call-back" | "end" | "none" {
  if (call.broke_in_at && !call.rung_at) return "operations";
  if (call.identity === "UNVERIFIED" && call.direction === "IN") return "call-back";
  return call.status === "LIVE" ? "end" : "none";
}

/** "+02:05" since the call began. */
export function after(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `+${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}

const RECORDED: Record<string, string> = { "BY-US": "RECORDED-BY-AUTHOR", "BY-BOTH": "RECORDED-BY-BOTH", NOBODY: "NOT-RECORDED" };

/** Return the fields of the CALL-RECORD of a call that is over. Of what only they record, we state nothing to them. */
export function callRecord(call: Call, text: string): Record<string, unknown> {
  return {
    "call-number": call.call, "call-time": [call.began_at, call.ended_at], "participants-of-author": call.ours, "participants-of-receiver": call.theirs.length ? call.theirs : ["-"], "agreed-text": text, "call-medium": "TELEPHONE",
    ...(call.interpreter ? { interpreters: [call.interpreter] } : {}), ...(RECORDED[call.recording] ? { recording: RECORDED[call.recording] } : {}),
  };
}

/** Digits alone are a number that is compared as figures; anything else that looks like a position is a place. */
export function isPlace(text: string): boolean {
  return /[NSEWСЮВЗ°]/iu.test(text) || /^\d{1,2}[C-X][A-Z]{2}/i.test(text.replaceAll(" ", ""));
}
