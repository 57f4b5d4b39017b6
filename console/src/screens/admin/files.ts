/** Files that officers choose, and what is read of a proposed key before its holder signs. */
import { sha256 } from "@noble/hashes/sha2.js";
import { encode, isArray, isBytes } from "$lib/sign/cbor.ts";
import { fromBase64, toBase64, toHex } from "$lib/sign/bytes.ts";
import { decodePrepared } from "$lib/sign/record.ts";

/** An introduction has at most 256 KiB (docs/spec/introduction.md), a signed manifest 48 KiB. */
export const INTRODUCTION_BYTES_MAX = 256 * 1024;
export const MANIFEST_BYTES_MAX = 48 * 1024;
/** As the node's reader of layers has it. */
export const LAYER_BYTES_MAX = 32 * 1024 * 1024;

export async function base64Of(file: File): Promise<string> {
  return toBase64(new Uint8Array(await file.arrayBuffer()));
}

const CHANGE = 21;
const KEY = 26;
const KEY_ID_BYTES = 16;

/** Return the id of the key that a proposal names: SHA-256 of CBOR [algorithm, public], its first 16 bytes. */
export function keyIdOf(prepared: string): string | undefined {
  const data = fromBase64(prepared);
  if (data === null) return undefined;
  const key = decodePrepared(data).body.get(KEY);
  if (!isArray(key) || key.length !== 3 || typeof key[1] !== "number" || !isBytes(key[2])) return undefined;
  return toHex(sha256(encode([key[1], key[2]])).slice(0, KEY_ID_BYTES));
}

/** Return the number of the change that a proposal is, as it stands in the bytes that are signed. */
export function changeOf(prepared: string): string {
  const data = fromBase64(prepared);
  const number = data === null ? undefined : decodePrepared(data).body.get(CHANGE);
  return typeof number === "string" ? number : "";
}

/** A key id in fours, as two people compare it aloud. */
export function inFours(id: string): string {
  return id.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
