/** Kinds of entries that the search knows, and who may read them: those that an officer may not are not offered. */
import type { OPERATIONS } from "../../generated/operations.ts";

type Read = keyof typeof OPERATIONS;

export const KINDS: Readonly<Record<string, Read>> = {
  message: "messages",
  receipt: "messages",
  draft: "drafts",
  decision: "decisions",
  contact: "contacts",
  call: "calls",
  case: "cases",
  log: "log",
  alarm: "alarms",
  concern: "concerns",
  report: "concerns",
  facility: "concerns",
  rules: "concerns",
  window: "messages",
  "line-check": "line-checks",
  line: "lines",
  channel: "channels",
  ladder: "channels",
  rung: "channels",
  delegation: "drafts",
  shift: "shifts",
  translation: "translations",
  term: "terms",
  codebook: "codebook",
  notice: "notices",
};

export function readableKinds(can: (operation: Read) => boolean): string[] {
  return Object.entries(KINDS).filter(([, read]) => can(read)).map(([kind]) => kind);
}
