/**
 * The officer's key file while it is open. It lives in this module and nowhere else: never in a storage, never in a
 * request. Locking, signing out, leaving the page and an idle console forget it; the next act asks for the passphrase.
 */
import { session } from "../session.svelte.ts";
import type { Bytes } from "./bytes.ts";
import { toHex } from "./bytes.ts";
import { Fault } from "./fault.ts";
import { type KeyLabel, type OpenedKey, readLabel, signWith } from "./keyfile.ts";
import { problemOf } from "./problems.ts";
import type { Realm } from "./record.ts";
import { unlock } from "./unlock.ts";

/** A key file as it was chosen: still locked. */
export interface KeyFile {
  name: string;
  data: Bytes;
  label: KeyLabel;
}

interface State {
  opened: OpenedKey | null;
  file: KeyFile | null;
}

/** The passphrase of the demonstration's officers, which its guide prints. */
export const DEMONSTRATION_PASSPHRASE = "demonstration";

let state = $state.raw<State>({ opened: null, file: null });

/** Return the file chosen, locked as it is: so that after a lock the passphrase alone is asked. */
export function keyFile(): KeyFile | null {
  return state.file;
}

/** Tell whether an officer's key is open for signing. */
export function isUnlocked(officer: string | undefined = session.current?.officer): boolean {
  return officer !== undefined && state.opened?.officer === officer;
}

/** Return the key id of the open key, in hexadecimal. */
export function openedKeyId(): string | null {
  return state.opened?.keyId ?? null;
}

/** Take a key file that the officer chose; throws a problem when it is none, another's or of another realm. */
export function chooseFile(name: string, data: Bytes, officer: string, realm: Realm): KeyFile {
  try {
    const label = readLabel(data);
    if (label.kind !== "officer") throw new Fault("KEYSTORE-OTHER", { got: label.kind });
    if (label.holder !== officer) throw new Fault("KEY-OTHER-OFFICER", { expected: officer, got: label.holder });
    requireRealm(label.realm, realm);
    const file = { name, data, label };
    state = { ...state, file };
    return file;
  } catch (error) {
    throw problemOf(error);
  }
}

/** Fetch the officer's key file of a demonstration from its own node, which has such a path for that alone. */
export async function fetchDemonstrationFile(officer: string, realm: Realm): Promise<KeyFile> {
  let data: Bytes;
  try {
    const answer = await fetch(`/sign-in/demonstration-key/${encodeURIComponent(officer)}`, { cache: "no-store" });
    if (!answer.ok) throw new Fault("KEY-NO-DEMONSTRATION", { officer });
    data = new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw problemOf(error instanceof Fault ? error : new Fault("KEY-NO-DEMONSTRATION", { officer, because: String(error) }));
  }
  return chooseFile(`${officer}.key`, data, officer, realm);
}

/** Open the chosen file with the officer's passphrase and keep the key for what follows. */
export async function unlockKey(passphrase: string, officer: string, realm: Realm): Promise<OpenedKey> {
  const { file } = state;
  try {
    if (file === null) throw new Fault("KEY-NO-FILE");
    const opened = await unlock(file.data, passphrase);
    if (opened.officer !== officer) throw new Fault("KEY-OTHER-OFFICER", { expected: officer, got: opened.officer });
    requireRealm(opened.realm, realm);
    requireListed(opened.keyId);
    state = { file, opened };
    return opened;
  } catch (error) {
    throw problemOf(error);
  }
}

function requireRealm(got: Realm, expected: Realm): void {
  if (got !== expected) throw new Fault("KEY-REALM", { expected, got });
}

/** Refuse a key that the node's manifest does not list for this officer; before the sign-in nothing is known of that. */
function requireListed(keyId: string): void {
  const keys = session.current?.keys;
  if (keys?.length && !keys.some((one) => one.kind === 1 && one.key_id === keyId)) {
    throw new Fault("KEY-NOT-LISTED", { got: keyId });
  }
}

/** Sign 32 bytes with the open key; returns its id and the signature in hexadecimal. */
export async function signWithKey(statement: Bytes, officer: string): Promise<{ key_id: string; signature: string }> {
  const { opened } = state;
  if (opened === null || opened.officer !== officer) throw problemOf(new Fault("KEY-LOCKED"));
  try {
    return { key_id: opened.keyId, signature: toHex(await signWith(opened, statement)) };
  } catch (error) {
    throw problemOf(error);
  }
}

/** Forget the open key. The locked file stays chosen for this officer until somebody else signs in. */
export function forgetKey(): void {
  const { file } = state;
  const officer = session.current?.officer;
  state = { opened: null, file: officer !== undefined && file?.label.holder === officer ? file : null };
}

if (typeof addEventListener === "function") addEventListener("pagehide", () => forgetKey());
