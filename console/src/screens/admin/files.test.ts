import { sha256 } from "@noble/hashes/sha2.js";
import { describe, expect, it } from "vitest";
import { encode } from "$lib/sign/cbor.ts";
import { toBase64, toHex } from "$lib/sign/bytes.ts";
import { changeOf, inFours, keyIdOf } from "./files.ts";

function prepared(key: unknown): string {
  const body = new Map<number, never>([[20, "PROPOSE" as never]]);
  if (key !== undefined) body.set(26, key as never);
  return toBase64(encode(["officer-change", new Uint8Array(), new Uint8Array(32), body]));
}

describe("the id of a proposed key", () => {
  it("is reckoned from the very bytes that are signed", () => {
    const publicKey = new Uint8Array(32).fill(7);
    expect(keyIdOf(prepared([2, -8, publicKey]))).toBe(toHex(sha256(encode([-8, publicKey]))).slice(0, 32));
  });

  it.each([["no key", undefined], ["no array", "x"], ["too short", [1, 2]]])("is none where there is %s", (_name, key) => {
    expect(keyIdOf(prepared(key))).toBeUndefined();
  });

  it("comes with the number of its change", () => {
    const body = new Map<number, never>([[21, "OC-2026-000004" as never]]);
    expect(changeOf(toBase64(encode(["officer-change", new Uint8Array(), new Uint8Array(32), body])))).toBe("OC-2026-000004");
    expect(changeOf(prepared(undefined))).toBe("");
  });

  it("is shown in fours", () => {
    expect(inFours("0123456789abcdef")).toBe("0123 4567 89ab cdef");
  });
});
