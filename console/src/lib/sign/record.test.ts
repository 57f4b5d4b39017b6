import { describe, expect, it } from "vitest";
import { type Bytes, fromHex, toHex } from "./bytes.ts";
import { type CborValue, decode, encode, isArray, isBytes, isMap, Tagged } from "./cbor.ts";
import { Fault } from "./fault.ts";
import fixtures from "./fixtures/keyfiles.json";
import { bodyHash, decodePrepared, type Prepared, type Realm, signInStatement, statement } from "./record.ts";
import { vector, vectors } from "./vectors.ts";

function hex(text: string): Bytes {
  const found = fromHex(text);
  if (found === null) throw new Error("no hexadecimal");
  return found;
}

/** Return type, line, body, seed and the body hash under the node's signature, of an item as it travels. */
function itemOf(data: Uint8Array): { prepared: Prepared; hash: string } {
  const item = decode(data);
  if (!isArray(item) || !isBytes(item[0]) || !isBytes(item[1]) || !isMap(item[2])) throw new Error("no item");
  const sign1 = decode(item[0]);
  if (!(sign1 instanceof Tagged) || !isArray(sign1.value)) throw new Error("no Sign1");
  const header = decode(sign1.value[0] as Bytes);
  const payload = decode(sign1.value[2] as Bytes);
  if (!isMap(header) || !isArray(payload)) throw new Error("no envelope");
  const prepared: Prepared = {
    type: header.get(-70004) as string,
    line: header.get(-70003) as Bytes,
    seed: item[1],
    body: item[2] as ReadonlyMap<number, CborValue>,
  };
  return { prepared, hash: toHex(payload[0] as Bytes) };
}

describe("the body hash is the one under the node's signature", () => {
  const good = vectors("record").filter((one) => one.name.startsWith("record/good") && one.data["item"]);
  it("there are vectors of every type that crosses", () => expect(good.length).toBeGreaterThanOrEqual(7));
  it.each(good.map((one) => [one.name, one] as const))("%s", (_name, { fields, data }) => {
    const { prepared, hash } = itemOf(data["item"] as Bytes);
    expect(toHex(bodyHash(fields["realm"] as Realm, prepared))).toBe(hash);
    expect(toHex(bodyHash("REAL", prepared))).not.toBe(hash);
  });

  it("made from fields, seed, type and line", () => {
    const { fields, data } = vector("record/make-message");
    const body = decode(data["body"] as Bytes) as ReadonlyMap<number, CborValue>;
    const prepared = { type: "message", line: data["line"] as Bytes, seed: data["body-seed"] as Bytes, body };
    const made = itemOf(hex(fields["gives-item"] as string));
    expect(toHex(bodyHash("EXERCISE", prepared))).toBe(made.hash);
    const other = { ...prepared, body: new Map([...body, [30, "Line checked."]]) };
    expect(toHex(bodyHash("EXERCISE", other))).not.toBe(made.hash);
  });

  it("is not that of a body with one field changed", () => {
    const { data, fields } = vector("record/hash-body");
    const base = data["item"] as Bytes;
    const { prepared, hash } = itemOf(base);
    expect(toHex(bodyHash(fields["realm"] as Realm, prepared))).not.toBe(hash);
  });
});

describe("the statement that an officer signs", () => {
  it("is the one of the golden vector, whose signature holds over it", async () => {
    const { fields, data } = vector("attestation/make");
    const act = decode(hex(fields["gives-act"] as string)) as readonly CborValue[];
    const [, name, role, officer, , evidence] = act as [number, string, string, string, Bytes, readonly Bytes[]];
    const over = statement(fields["realm"] as Realm, name, role, officer, data["body-hash"] as Bytes);
    const pkcs8 = hex(`302e020100300506032b657004220420${toHex(data["officer-seed"] as Bytes)}`);
    const key = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
    const made = new Uint8Array(await crypto.subtle.sign("Ed25519", key, over));
    expect(toHex(made)).toBe(toHex(evidence[0] as Bytes));
  });

  it("is another one in another realm, act, role or officer", () => {
    const hash = new Uint8Array(32);
    const all = [
      statement("EXERCISE", "release", "releasing-officer", "a-1", hash),
      statement("REAL", "release", "releasing-officer", "a-1", hash),
      statement("EXERCISE", "draft", "releasing-officer", "a-1", hash),
      statement("EXERCISE", "release", "principal", "a-1", hash),
      statement("EXERCISE", "release", "releasing-officer", "a-2", hash),
    ];
    expect(new Set(all.map(toHex)).size).toBe(all.length);
  });

  it("of a sign-in is the node's", () => {
    const { realm, origin, officer, nonce, statement: expected } = fixtures.sign_in;
    expect(toHex(signInStatement(realm as Realm, origin, officer, hex(nonce)))).toBe(expected);
  });
});

describe("what a node prepared", () => {
  const seed = new Uint8Array(32);
  const body = new Map<number, CborValue>([[1, new Uint8Array(16)]]);
  it("is read as it was made", () => {
    const prepared = decodePrepared(encode(["log", new Uint8Array(0), seed, body]));
    expect([prepared.type, prepared.line.length, prepared.body.size]).toEqual(["log", 0, 1]);
  });
  it.each<[string, Bytes]>([
    ["no CBOR", hex("ff")],
    ["no array of four", encode(["log", seed, body])],
    ["a short seed", encode(["log", new Uint8Array(0), seed.slice(1), body])],
    ["a line of another length", encode(["log", new Uint8Array(15), seed, body])],
    ["a field named by text", encode(["log", new Uint8Array(0), seed, new Map([["a", 1]])])],
    ["a negative field", encode(["log", new Uint8Array(0), seed, new Map([[-1, 1]])])],
    ["a body that is no map", encode(["log", new Uint8Array(0), seed, [1]])],
    ["something behind it", hex(`${toHex(encode(["log", new Uint8Array(0), seed, body]))}00`)],
  ])("is refused with %s", (_name, data) => {
    let code = "OK";
    try {
      decodePrepared(data);
    } catch (error) {
      code = (error as Fault).code;
    }
    expect(code).toBe("PREPARED-MALFORMED");
  });
});
