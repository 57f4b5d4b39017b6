/**
 * An officer's locked key file, opened in the browser as `adapters/keystore_locked.py` opens it.
 *
 * What stands in clear (kind, realm, holder, cost) is bound as additional data, so that a file renamed to another realm
 * or person does not open. The seed is wiped as soon as the browser holds the key, which it never gives out again.
 */
import { argon2id } from "@noble/hashes/argon2.js";
import { type Bytes, concat, fromBase64url, fromHex, toHex } from "./bytes.ts";
import { type CborKey, type CborValue, decode, encode, isArray, isBytes, isMap } from "./cbor.ts";
import { Fault } from "./fault.ts";
import { keyId, type Realm } from "./record.ts";

const FORMAT = "armslength/locked";
const VERSION = 1;
const DEMONSTRATION = "DEMONSTRATION";
const OFFICER = "officer";
const FILE_BYTES_MAX = 64 * 1024;
const PASSPHRASE_BYTES_MAX = 1024;
const SEED_BYTES = 32;
const ED25519 = -19;

interface Cost {
  memoryKib: number;
  passes: number;
  lanes: number;
}

/** RFC 9106, 4, second recommended option: below it, a file that is no demonstration's is not one of ours. */
const COST: Cost = { memoryKib: 64 * 1024, passes: 3, lanes: 4 };
const COST_DEMONSTRATION: Cost = { memoryKib: 64, passes: 1, lanes: 1 };
/** A tab has less memory and patience than a program: four times the usual memory, some ten seconds. */
const COST_MAX: Cost = { memoryKib: 256 * 1024, passes: 8, lanes: 16 };
/** RFC 9106, 3.1. */
const KIB_PER_LANE_MIN = 8;

/** What a locked file says of itself in clear, unproved until it is opened. */
export interface KeyLabel {
  kind: string;
  realm: Realm;
  holder: string;
  demonstration: boolean;
}

/** An officer's key, open: the browser signs with it and gives it to nobody. */
export interface OpenedKey {
  officer: string;
  realm: Realm;
  demonstration: boolean;
  keyId: string;
  publicKey: Bytes;
  key: CryptoKey;
}

interface Header {
  label: KeyLabel;
  derivation: string;
  cost: Cost;
  salt: Bytes;
  nonce: Bytes;
  sealed: Bytes;
}

/** Return what a locked file says of itself, or throw Fault KEYSTORE-MALFORMED. */
export function readLabel(data: Uint8Array): KeyLabel {
  return read(data).label;
}

/** Return the bytes that a passphrase is compared by: Unicode's composed form (NFC), as RFC 8265 has it. */
export function passphraseBytes(typed: string): Bytes {
  return new TextEncoder().encode(typed.normalize("NFC")).slice(0, PASSPHRASE_BYTES_MAX) as Bytes;
}

/**
 * Open an officer's key file. It takes a second and 64 MiB: in a page, call `unlock` of unlock.ts.
 *
 * Throws Fault KEYSTORE-LOCKED, KEYSTORE-MALFORMED, KEYSTORE-OTHER, KEYSTORE-DEMONSTRATION, KEYSTORE-COST or
 * BROWSER-ED25519.
 */
export async function openKeyFile(data: Uint8Array, passphrase: Bytes): Promise<OpenedKey> {
  const header = read(data);
  const { label } = header;
  if (label.kind !== OFFICER) throw new Fault("KEYSTORE-OTHER", { got: label.kind });
  if (label.demonstration && label.realm !== "EXERCISE") throw new Fault("KEYSTORE-DEMONSTRATION");
  if (header.derivation !== "argon2id") throw new Fault("KEYSTORE-LOCKED", { locked_with: header.derivation });
  const seed = await opened(header, passphrase);
  try {
    if (seed.length !== SEED_BYTES) throw malformed("seed");
    const { key, publicKey } = await signingKey(seed);
    return {
      officer: label.holder,
      realm: label.realm,
      demonstration: label.demonstration,
      keyId: toHex(keyId(ED25519, publicKey)),
      publicKey,
      key,
    };
  } finally {
    seed.fill(0);
  }
}

/** Return the 64-byte signature over a statement. */
export async function signWith(opened: OpenedKey, statement: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("Ed25519", opened.key, statement));
}

async function opened(header: Header, passphrase: Bytes): Promise<Bytes> {
  const { memoryKib, passes, lanes } = header.cost;
  const raw = argon2id(passphrase, header.salt, {
    m: memoryKib,
    t: passes,
    p: lanes,
    dkLen: 32,
    maxmem: 2 * COST_MAX.memoryKib * 1024,
  }) as Bytes;
  try {
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const bound = encode(new Map(fields(header)));
    const how = { name: "AES-GCM", iv: header.nonce, additionalData: bound, tagLength: 128 };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, header.sealed));
  } catch {
    throw new Fault("KEYSTORE-LOCKED", { holder: header.label.holder });
  } finally {
    raw.fill(0);
  }
}

/** PrivateKeyInfo of Ed25519 before its 32 bytes (RFC 8410, 7). */
const PKCS8 = fromHex("302e020100300506032b657004220420") as Bytes;

async function signingKey(seed: Bytes): Promise<{ key: CryptoKey; publicKey: Bytes }> {
  const wrapped = concat(PKCS8, seed);
  try {
    // The public half is asked of a key that may be given out and is dropped at once; the one kept may not.
    const once = await crypto.subtle.importKey("pkcs8", wrapped, "Ed25519", true, ["sign"]);
    const { x } = await crypto.subtle.exportKey("jwk", once);
    const publicKey = fromBase64url(x ?? "");
    if (publicKey === null || publicKey.length !== 32) throw new Error("no public key");
    return { key: await crypto.subtle.importKey("pkcs8", wrapped, "Ed25519", false, ["sign"]), publicKey };
  } catch (error) {
    throw new Fault("BROWSER-ED25519", { because: String(error) });
  } finally {
    wrapped.fill(0);
  }
}

// --- the file --------------------------------------------------------------------------------------------------------

/** Return the clear entries of the map exactly as they are bound. */
function fields({ label, derivation, cost, salt, nonce }: Header): [CborKey, CborValue][] {
  return [
    [1, FORMAT],
    [2, VERSION],
    [3, label.kind],
    [4, label.realm],
    [5, label.holder],
    [6, label.demonstration ? DEMONSTRATION : null],
    [7, derivation],
    [8, [cost.memoryKib, cost.passes, cost.lanes]],
    [9, salt],
    [10, nonce],
  ];
}

function read(data: Uint8Array): Header {
  const value = mapOf(data);
  if (value.get(1) !== FORMAT || value.get(2) !== VERSION) throw malformed("format");
  const realm = text(value, 4);
  if (realm !== "REAL" && realm !== "EXERCISE") throw malformed("realm");
  const demonstration = (value.get(6) ?? null) !== null;
  return {
    label: { kind: text(value, 3), realm, holder: text(value, 5), demonstration },
    derivation: text(value, 7),
    cost: costOf(value.get(8), demonstration ? COST_DEMONSTRATION : COST),
    salt: bytes(value, 9, 16),
    nonce: bytes(value, 10, 12),
    sealed: bytes(value, 11, null),
  };
}

function mapOf(data: Uint8Array): ReadonlyMap<CborKey, CborValue> {
  try {
    const value = decode(data, { sizeMax: FILE_BYTES_MAX });
    if (isMap(value)) return value;
  } catch {
    throw malformed("CBOR");
  }
  throw malformed("map");
}

/** Take the file's own cost: at least what its kind has, and never more than a tab can bear. */
function costOf(value: CborValue | undefined, least: Cost): Cost {
  if (!isArray(value) || value.length !== 3 || !value.every((one) => typeof one === "number")) throw malformed("cost");
  const [memoryKib, passes, lanes] = value as [number, number, number];
  if (memoryKib < least.memoryKib || passes < least.passes || lanes < least.lanes) throw malformed("cost");
  if (memoryKib < KIB_PER_LANE_MIN * lanes) throw malformed("cost");
  if (memoryKib > COST_MAX.memoryKib || passes > COST_MAX.passes || lanes > COST_MAX.lanes) {
    throw new Fault("KEYSTORE-COST", { got: `${memoryKib} KiB, ${passes} passes` });
  }
  return { memoryKib, passes, lanes };
}

function text(value: ReadonlyMap<CborKey, CborValue>, number: number): string {
  const got = value.get(number);
  if (typeof got !== "string") throw malformed(`field ${number}`);
  return got;
}

function bytes(value: ReadonlyMap<CborKey, CborValue>, number: number, length: number | null): Bytes {
  const got = value.get(number);
  if (!isBytes(got) || (length !== null && got.length !== length)) throw malformed(`field ${number}`);
  return got;
}

function malformed(part: string): Fault {
  return new Fault("KEYSTORE-MALFORMED", { part });
}
