/** The node's checks in the officer's language: which part it is about, and what a person does next. */
import { said } from "$lib/i18n.svelte.ts";

export interface Check {
  name: string;
  /** The other side, where the check is about one. */
  peer: string;
  next?: string | undefined;
}

/** `NDMC: path` is the path to NDMC; `store: journal mode` is of the store; others stand as they are. */
export function partsOf(check: string): { id: string; peer: string } {
  const [, before = "", after = ""] = /^([^:]+): (.+)$/.exec(check) ?? [];
  const slug = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
  if (!before) return { id: slug(check), peer: "" };
  if (before === "store") return { id: `store-${slug(after)}`, peer: "" };
  return { id: `peer-${slug(after)}`, peer: before };
}

export function checkOf(check: string): Check {
  const { id, peer } = partsOf(check);
  const whole = id.startsWith("store-") ? "store" : id;
  return {
    name: said(`admin-check-${id}`) ?? (peer ? check.slice(peer.length + 2) : check),
    peer,
    next: said(`admin-next-${whole}`),
  };
}
