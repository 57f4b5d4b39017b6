/**
 * The hash that a person attests, reckoned here from the very bytes that are shown (docs/spec/record.md, attestation.md).
 *
 * A node that shows one thing and asks for a signature over another is found out here, before any key is asked.
 */
import { expand } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Bytes, concat, utf8 } from "./bytes.ts";
import { type CborKey, type CborValue, decode, encode, isArray, isBytes, isMap } from "./cbor.ts";
import { Fault } from "./fault.ts";

export type Realm = "REAL" | "EXERCISE";

/** A body ready to be signed; `line` is empty for records that stay at home. */
export interface Prepared {
  readonly type: string;
  readonly line: Bytes;
  readonly seed: Bytes;
  readonly body: ReadonlyMap<number, CborValue>;
}

/** Bytes of an item that crosses the line, which bounds what is prepared too. */
const PREPARED_BYTES_MAX = 65_536;
const SEED_BYTES = 32;
const FIELDS_MAX = 128;
const FIELD_NUMBER_MAX = 65_535;
const SALT_BYTES = 16;

/** Return the domain string of a realm and purpose; a signature under one never holds under another. */
export function domain(realm: Realm, purpose: string): Bytes {
  return utf8(`armslength/1/${realm}/${purpose}`);
}

/** Return SHA-256 over a domain string, one zero byte, then the data. */
function hash(of: Bytes, data: Bytes): Bytes {
  return sha256(concat(of, Uint8Array.of(0), data)) as Bytes;
}

function fieldSalt(seed: Bytes, number: number): Bytes {
  const place = new Uint8Array(4);
  new DataView(place.buffer).setUint32(0, number);
  return expand(sha256, seed, concat(utf8("armslength/1/salt"), place), SALT_BYTES) as Bytes;
}

function digestList(seed: Bytes, fields: ReadonlyMap<number, CborValue>): Bytes[] {
  const numbers = [...fields.keys()].sort((a, b) => a - b);
  return numbers.map((number) => {
    const value = fields.get(number) as CborValue;
    return sha256(encode([fieldSalt(seed, number), number, value])) as Bytes;
  });
}

/** Return the body hash: what every attestation over this body is about. */
export function bodyHash(realm: Realm, prepared: Prepared): Bytes {
  const list = digestList(prepared.seed, prepared.body);
  return hash(domain(realm, "body"), encode([prepared.type, prepared.line, list]));
}

/** Return the 32 bytes that an officer's key signs for an act over a body. */
export function statement(realm: Realm, act: string, role: string, officer: string, ofBody: Bytes): Bytes {
  return sha256(encode([domain(realm, "act"), act, role, officer, ofBody])) as Bytes;
}

/** Return the 32 bytes that an officer's key signs to be let in at one origin, once. */
export function signInStatement(realm: Realm, origin: string, officer: string, nonce: Bytes): Bytes {
  return sha256(encode([domain(realm, "sign-in"), origin, officer, nonce])) as Bytes;
}

/** Return the key id of a public key: 16 bytes (docs/spec/encoding.md). */
export function keyId(algorithm: number, publicKey: Bytes): Bytes {
  return sha256(encode([algorithm, publicKey])).slice(0, 16) as Bytes;
}

/** Read what a node prepared, or throw Fault PREPARED-MALFORMED. */
export function decodePrepared(data: Bytes): Prepared {
  const [type, line, seed, body] = parts(data);
  if (typeof type !== "string" || !isBytes(line) || !isBytes(seed)) throw malformed();
  if (seed.length !== SEED_BYTES || (line.length !== 0 && line.length !== 16)) throw malformed();
  if (!isMap(body) || body.size > FIELDS_MAX || ![...body.keys()].every(isFieldNumber)) throw malformed();
  return { type, line, seed, body: body as ReadonlyMap<number, CborValue> };
}

function parts(data: Bytes): readonly CborValue[] {
  try {
    const value = decode(data, { sizeMax: PREPARED_BYTES_MAX });
    if (isArray(value) && value.length === 4) return value;
  } catch {
    throw malformed();
  }
  throw malformed();
}

function isFieldNumber(key: CborKey): boolean {
  return typeof key === "number" && key >= 0 && key <= FIELD_NUMBER_MAX;
}

function malformed(): Fault {
  return new Fault("PREPARED-MALFORMED");
}

