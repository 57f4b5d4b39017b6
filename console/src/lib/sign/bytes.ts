/** Bytes and the texts that carry them: hexadecimal and base64, both read strictly. */

/** Bytes with a buffer of their own, which WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** SHA-256 in bytes. */
export const HASH_BYTES = 32;

const HEX = /^(?:[0-9a-f]{2})*$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Return the bytes of small hexadecimal digits; null when it is nothing of the kind. */
export function fromHex(text: string): Bytes | null {
  if (!HEX.test(text)) return null;
  const found = new Uint8Array(text.length / 2);
  for (let at = 0; at < found.length; at++) found[at] = Number.parseInt(text.slice(2 * at, 2 * at + 2), 16);
  return found;
}

export function toHex(data: Uint8Array): string {
  return Array.from(data, (one) => one.toString(16).padStart(2, "0")).join("");
}

/** Return the bytes of padded base64; null when it is nothing of the kind. */
export function fromBase64(text: string): Bytes | null {
  if (!BASE64.test(text)) return null;
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

export function toBase64(data: Uint8Array): string {
  // In pieces: the arguments of one call are limited.
  let text = "";
  for (let at = 0; at < data.length; at += 8192) text += String.fromCharCode(...data.subarray(at, at + 8192));
  return btoa(text);
}

/** Return base64 for addresses and WebAuthn (RFC 4648, 5), without padding. */
export function toBase64url(data: Uint8Array): string {
  return toBase64(data).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Return the bytes of unpadded base64 for addresses; null when it is nothing of the kind. */
export function fromBase64url(text: string): Bytes | null {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  return fromBase64(plain + "=".repeat((4 - (plain.length % 4)) % 4));
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const found = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of parts) {
    found.set(one, at);
    at += one.length;
  }
  return found;
}

/** Compare as `memcmp` does: below zero, zero, above zero. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const step = (a[at] as number) - (b[at] as number);
    if (step !== 0) return step;
  }
  return a.length - b.length;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return compare(a, b) === 0;
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text) as Bytes;
}
