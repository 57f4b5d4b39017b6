/**
 * What you sign is what you see: what a node asks to have signed is read, judged and hashed here.
 *
 * As `entrypoints/cli/signing.py` has it: the act must be one of the record's type, the body ours and this officer's,
 * and the statement the one that the very bytes shown give. Everything else is refused before a key is asked.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import type { Session } from "../session.svelte.ts";
import { type Bytes, equal, fromBase64, HASH_BYTES, toHex, utf8 } from "./bytes.ts";
import { type CborValue, isBytes } from "./cbor.ts";
import { Fault } from "./fault.ts";
import { bodyHash, decodePrepared, type Prepared, statement } from "./record.ts";
import { actsOf } from "./rows.ts";

/** What the node answers to a prepare. */
export interface Asked {
  prepared: string;
  type: string;
  body_hash: string;
  act: string;
  role: string;
  officer: string;
  statement: string;
  text: string;
}

/** A body that was read and judged, with what is signed over it. */
export interface Checked {
  asked: Asked;
  prepared: Prepared;
  act: string;
  role: string;
  /** Body hash in hexadecimal; the id of a draft. */
  hash: string;
  statement: Bytes;
  /** The text that a person reads: of the message, or of what the record is about. */
  text: string;
  /** Of a tick: the draft that is ticked, by its own bytes. */
  about?: { prepared: Prepared; text: string };
}

/** Field of a receipt: SHA-256 of the text that was read. */
const RENDERED_HASH = 31;
const AUTHOR = 3;
const OFFICER = 5;
/** Acts over a body that another officer made. */
const OVER_ANOTHERS: ReadonlySet<string> = new Set(["release", "countersign"]);

/** Return what is to be signed, or throw Fault PREPARED-MALFORMED, SIGN-MISMATCH, SIGN-ROLE. */
export function check(who: Session, asked: Asked, role?: string): Checked {
  const prepared = prepareds(asked.prepared);
  const { act } = asked;
  if (!actsOf(prepared.type).includes(act)) throw mismatch({ type: prepared.type, act });
  if (prepared.body.get(AUTHOR) !== who.party) throw mismatch({ party: prepared.body.get(AUTHOR) });
  if (asked.officer !== who.officer) throw mismatch({ officer: asked.officer });
  if (!OVER_ANOTHERS.has(act) && prepared.body.get(OFFICER) !== who.officer) {
    throw mismatch({ officer: prepared.body.get(OFFICER) });
  }
  const hash = bodyHash(who.realm, prepared);
  if (toHex(statement(who.realm, act, asked.role, who.officer, hash)) !== asked.statement) throw mismatch({ part: "statement" });
  if (prepared.type === "receipt") requireShown(prepared, asked.text);
  const acting = role ?? asked.role;
  if (!who.roles.includes(acting)) throw new Fault("SIGN-ROLE", { role: acting });
  return {
    asked,
    prepared,
    act,
    role: acting,
    hash: toHex(hash),
    statement: statement(who.realm, act, acting, who.officer, hash),
    text: asked.text ?? "",
  };
}

/** Return a draft that is ticked, once its bytes have the hash that the tick names. */
export function checkDraft(who: Session, draft: { prepared: string; text: string }, hash: string): { prepared: Prepared; text: string } {
  const prepared = prepareds(draft.prepared);
  if (toHex(bodyHash(who.realm, prepared)) !== hash) throw mismatch({ part: "draft" });
  return { prepared, text: draft.text };
}

/** Return a hash of the body in hexadecimal; null when it is none. */
export function bytesOfHash(value: CborValue | undefined): string | null {
  return isBytes(value) && value.length === HASH_BYTES ? toHex(value) : null;
}

function prepareds(base64: string): Prepared {
  const data = typeof base64 === "string" ? fromBase64(base64) : null;
  if (data === null || data.length === 0) throw new Fault("PREPARED-MALFORMED", { part: "base64" });
  return decodePrepared(data);
}

/** A receipt names the hash of the text that was read: the text shown must be that one. */
function requireShown(prepared: Prepared, text: string): void {
  const expected = prepared.body.get(RENDERED_HASH);
  if (isBytes(expected) && !equal(expected, sha256(utf8(text)))) throw mismatch({ part: "text" });
}

function mismatch(details: Record<string, unknown>): Fault {
  return new Fault("SIGN-MISMATCH", details);
}
