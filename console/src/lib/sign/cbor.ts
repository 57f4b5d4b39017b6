/**
 * The wire's CBOR in the browser: exactly what `core/cbor.py` takes and gives (docs/spec/encoding.md).
 *
 * One encoding for every value, so that any accepted bytes encode again to the same bytes. Integers beyond 2^53 are
 * bigint, all others number; there are no floats. Memory is bounded before anything is allocated.
 */
import { type Bytes, compare, concat } from "./bytes.ts";

/** Arrays, maps and tags inside one another. */
export const DEPTH_MAX = 16;
/** Array elements, map keys and map values in one decoding. */
export const ITEMS_MAX = 65_536;
/** Pairs in one map. */
export const PAIRS_MAX = 1_024;
/** Bytes of one decoding when the caller sets no smaller bound. */
export const SIZE_MAX = 4 * 1024 * 1024;
/** Encrypt0, Sign1, Encrypt and Sign (RFC 9052, 2). */
const COSE_TAGS: ReadonlySet<number> = new Set([16, 18, 96, 98]);
const INT_MAX = 2n ** 64n - 1n;

export type CborKey = number | bigint | string | Bytes;
export type CborValue =
  | number
  | bigint
  | string
  | boolean
  | null
  | Uint8Array
  | readonly CborValue[]
  | ReadonlyMap<CborKey, CborValue>
  | Tagged;

/** One of COSE's tags around a value. */
export class Tagged {
  constructor(
    readonly tag: number,
    readonly value: CborValue,
  ) {}
}

/** Bytes or a value outside the subset; `code` is that of docs/spec/encoding.md. */
export class CborError extends Error {
  constructor(
    readonly code: string,
    readonly at: number | null = null,
  ) {
    super(at === null ? code : `${code} at byte ${at}`);
    this.name = "CborError";
  }
}

// --- encoding --------------------------------------------------------------------------------------------------------

/** Return the one encoding of a value, or throw CborError CBOR-UNENCODABLE. */
export function encode(value: CborValue): Bytes {
  return write(value, DEPTH_MAX);
}

function unencodable(): never {
  throw new CborError("CBOR-UNENCODABLE");
}

function head(major: number, argument: number | bigint): Bytes {
  const first = major << 5;
  if (argument < 24) return Uint8Array.of(first | Number(argument));
  if (argument < 0x100) return Uint8Array.of(first | 24, Number(argument));
  const found = new Uint8Array(argument < 0x10000 ? 3 : argument < 0x100000000 ? 5 : 9);
  const view = new DataView(found.buffer);
  if (found.length === 3) view.setUint16(1, Number(argument));
  else if (found.length === 5) view.setUint32(1, Number(argument));
  else if (argument <= INT_MAX) view.setBigUint64(1, BigInt(argument));
  else unencodable();
  found[0] = first | (found.length === 3 ? 25 : found.length === 5 ? 26 : 27);
  return found;
}

function write(value: CborValue, depth: number): Bytes {
  if (value === null) return Uint8Array.of(0xf6);
  if (typeof value === "boolean") return Uint8Array.of(value ? 0xf5 : 0xf4);
  if (typeof value === "number" || typeof value === "bigint") return writeInteger(value);
  if (typeof value === "string") return writeText(value);
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (depth <= 0) return unencodable();
  if (value instanceof Tagged) {
    return COSE_TAGS.has(value.tag) ? concat(head(6, value.tag), write(value.value, depth - 1)) : unencodable();
  }
  if (isArray(value)) return concat(head(4, value.length), ...value.map((one) => write(one, depth - 1)));
  if (value instanceof Map) return writeMap(value, depth);
  return unencodable();
}

function writeInteger(value: number | bigint): Bytes {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) unencodable();
    return value >= 0 ? head(0, value) : head(1, -1 - value);
  }
  return value >= 0n ? head(0, value) : head(1, -1n - value);
}

function writeText(value: string): Bytes {
  // Half of a surrogate pair has no bytes; the encoder would put another character in its place.
  if (!value.isWellFormed()) unencodable();
  const raw = new TextEncoder().encode(value);
  return concat(head(3, raw.length), raw);
}

function writeKey(key: CborKey): Bytes {
  return typeof key === "boolean" || key === null ? unencodable() : write(key, 0);
}

function writeMap(value: ReadonlyMap<CborKey, CborValue>, depth: number): Bytes {
  // No encoding of a key is a prefix of another's, so pairs sorted whole are pairs sorted by key (RFC 8949, 4.2.1).
  const pairs = Array.from(value, ([key, one]) => ({ key: writeKey(key), one: write(one, depth - 1) }));
  pairs.sort((a, b) => compare(a.key, b.key));
  if (pairs.some((pair, at) => at > 0 && compare((pairs[at - 1] as typeof pair).key, pair.key) === 0)) unencodable();
  return concat(head(5, pairs.length), ...pairs.flatMap((pair) => [pair.key, pair.one]));
}

// --- decoding --------------------------------------------------------------------------------------------------------

export interface Limits {
  depthMax?: number;
  itemsMax?: number;
  sizeMax?: number;
}

/** Read exactly one value, or throw CborError with the code of what is wrong. */
export function decode(data: Uint8Array, limits: Limits = {}): CborValue {
  const reader = new Reader(data, limits);
  const value = reader.item(0);
  if (reader.at !== data.length) throw new CborError("CBOR-TRAILING", reader.at);
  return value;
}

/** Read values that stand one after the other (RFC 8742); no bytes are an empty sequence. */
export function decodeSequence(data: Uint8Array, limits: Limits = {}): readonly CborValue[] {
  const reader = new Reader(data, limits);
  const values: CborValue[] = [];
  while (reader.at < data.length) {
    reader.spend(1);
    values.push(reader.item(0));
  }
  return values;
}

/** Bytes that follow a head by its additional information, and the least argument that needs them. */
const WIDTHS: Readonly<Record<number, readonly [number, number]>> = {
  24: [1, 24],
  25: [2, 0x100],
  26: [4, 0x10000],
  27: [8, 0x100000000],
};

class Reader {
  at = 0;
  readonly #data: Uint8Array;
  readonly #view: DataView;
  readonly #depthMax: number;
  #itemsLeft: number;

  constructor(data: Uint8Array, limits: Limits) {
    if (data.length > (limits.sizeMax ?? SIZE_MAX)) throw new CborError("CBOR-SIZE");
    this.#data = data;
    this.#view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    this.#depthMax = limits.depthMax ?? DEPTH_MAX;
    this.#itemsLeft = limits.itemsMax ?? ITEMS_MAX;
  }

  item(depth: number): CborValue {
    const start = this.at;
    const first = this.#data[start];
    if (first === undefined) throw new CborError("CBOR-TRUNCATED", start);
    this.at = start + 1;
    if (first >= 0xe0) return simple(first, start);
    const argument = this.#argument(first);
    switch (first >> 5) {
      case 0:
        return argument;
      case 1:
        return smallest(-1n - BigInt(argument));
      case 2:
        return this.#take(argument);
      case 3:
        return this.#text(argument);
      case 4:
        return this.#array(argument, depth);
      case 5:
        return this.#map(argument, depth);
      default:
        return this.#tagged(argument, depth);
    }
  }

  spend(items: number): void {
    if (items > this.#itemsLeft) throw new CborError("CBOR-ITEMS", this.at);
    this.#itemsLeft -= items;
  }

  #argument(first: number): number | bigint {
    const low = first & 0x1f;
    if (low < 24) return low;
    const known = WIDTHS[low];
    if (known === undefined) {
      // 31 marks an indefinite length for strings, arrays and maps and nothing at all for the others.
      const major = first >> 5;
      throw new CborError(low === 31 && major >= 2 && major <= 5 ? "CBOR-INDEFINITE" : "CBOR-RESERVED", this.at - 1);
    }
    const [width, least] = known;
    if (this.at + width > this.#data.length) throw new CborError("CBOR-TRUNCATED", this.at);
    const argument =
      width === 1
        ? this.#view.getUint8(this.at)
        : width === 2
          ? this.#view.getUint16(this.at)
          : width === 4
            ? this.#view.getUint32(this.at)
            : this.#view.getBigUint64(this.at);
    if (argument < least) throw new CborError("CBOR-NOT-SHORTEST", this.at - 1);
    this.at += width;
    return typeof argument === "bigint" ? smallest(argument) : argument;
  }

  /** Take the content of a string; a length is compared before anything is allocated for it. */
  #take(length: number | bigint): Bytes {
    if (length > this.#data.length - this.at) throw new CborError("CBOR-LENGTH", this.at);
    const end = this.at + Number(length);
    const raw = new Uint8Array(this.#data.subarray(this.at, end));
    this.at = end;
    return raw;
  }

  #text(length: number | bigint): string {
    const start = this.at;
    const raw = this.#take(length);
    try {
      // A byte order mark is a character like any other: the text must encode to the same bytes again.
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(raw);
    } catch {
      throw new CborError("CBOR-TEXT", start);
    }
  }

  /** Check a container before its first element: every element takes a byte at least. */
  #enter(leastBytes: number | bigint, items: number | bigint, depth: number): void {
    if (leastBytes > this.#data.length - this.at) throw new CborError("CBOR-LENGTH", this.at);
    if (depth >= this.#depthMax) throw new CborError("CBOR-DEPTH", this.at);
    this.spend(Number(items));
  }

  #array(length: number | bigint, depth: number): readonly CborValue[] {
    this.#enter(length, length, depth);
    const found: CborValue[] = [];
    for (let left = Number(length); left > 0; left--) found.push(this.item(depth + 1));
    return found;
  }

  #map(length: number | bigint, depth: number): ReadonlyMap<CborKey, CborValue> {
    const twice = BigInt(length) * 2n;
    this.#enter(twice, twice, depth);
    if (length > PAIRS_MAX) throw new CborError("CBOR-ITEMS", this.at);
    const pairs = new Map<CborKey, CborValue>();
    let last: Uint8Array = new Uint8Array(0);
    for (let left = Number(length); left > 0; left--) {
      const start = this.at;
      if ((this.#data[start] ?? 0) >= 0x80) throw new CborError("CBOR-KEY-TYPE", start);
      const key = this.item(depth + 1) as CborKey;
      const raw = this.#data.subarray(start, this.at);
      const order = compare(raw, last);
      if (order <= 0) throw new CborError(order === 0 ? "CBOR-KEY-DUPLICATE" : "CBOR-KEY-ORDER", start);
      last = raw;
      pairs.set(key, this.item(depth + 1));
    }
    return pairs;
  }

  #tagged(tag: number | bigint, depth: number): Tagged {
    if (typeof tag === "bigint" || !COSE_TAGS.has(tag)) throw new CborError("CBOR-TAG", this.at);
    this.#enter(1, 0, depth);
    return new Tagged(tag, this.item(depth + 1));
  }
}

function simple(first: number, at: number): boolean | null {
  if (first === 0xf4) return false;
  if (first === 0xf5) return true;
  if (first === 0xf6) return null;
  throw new CborError(first >= 0xf9 && first <= 0xfb ? "CBOR-FLOAT" : "CBOR-SIMPLE", at);
}

function smallest(value: bigint): number | bigint {
  return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
}

// --- what a value is -------------------------------------------------------------------------------------------------

export function isArray(value: CborValue | undefined): value is readonly CborValue[] {
  return Array.isArray(value);
}

export function isMap(value: CborValue | undefined): value is ReadonlyMap<CborKey, CborValue> {
  return value instanceof Map;
}

export function isBytes(value: CborValue | undefined): value is Bytes {
  return value instanceof Uint8Array;
}
