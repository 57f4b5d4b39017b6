import { describe, expect, it } from "vitest";
import { type Bytes, fromBase64, fromHex, toHex } from "./bytes.ts";
import { type CborKey, type CborValue, decode, encode } from "./cbor.ts";
import { Fault } from "./fault.ts";
import fixtures from "./fixtures/keyfiles.json";
import { openKeyFile, passphraseBytes, readLabel, signWith } from "./keyfile.ts";
import { unlock } from "./unlock.ts";

interface Fixture {
  file: string;
  passphrase: string;
  holder: string;
  key_id: string;
  public: string;
  statement: string;
  signature: string;
}

function fileOf(fixture: Fixture): Bytes {
  return fromBase64(fixture.file) as Bytes;
}

async function codeOf(file: Bytes, passphrase: string): Promise<string> {
  try {
    await openKeyFile(file, passphraseBytes(passphrase));
  } catch (error) {
    if (error instanceof Fault) return error.code;
    throw error;
  }
  return "OK";
}

/** Return a key file with one entry of its map changed. */
function changed(fixture: Fixture, number: number, value: CborValue): Bytes {
  const map = new Map(decode(fileOf(fixture)) as ReadonlyMap<CborKey, CborValue>);
  return encode(map.set(number, value));
}

async function holds(fixture: Fixture): Promise<void> {
  const opened = await openKeyFile(fileOf(fixture), passphraseBytes(fixture.passphrase));
  expect(opened.keyId).toBe(fixture.key_id);
  expect(toHex(opened.publicKey)).toBe(fixture.public);
  expect(opened.officer).toBe(fixture.holder);
  expect(opened.key.extractable).toBe(false);
  const statement = fromHex(fixture.statement) as Bytes;
  // Ed25519 repeats, so that the browser's signature must be the program's.
  expect(toHex(await signWith(opened, statement))).toBe(fixture.signature);
}

describe("a key file that the command line made", () => {
  it("opens and signs, made for a demonstration", () => holds(fixtures.demonstration));
  it("opens and signs at full cost, its passphrase typed in another form of Unicode", () => holds(fixtures.full_cost));
  it("says whose it is before it is opened", () => {
    expect(readLabel(fileOf(fixtures.demonstration))).toEqual({
      kind: "officer",
      realm: "EXERCISE",
      holder: "eucom-watch-1",
      demonstration: true,
    });
  });
  it("opens where there are no workers", async () => {
    const { file, passphrase, key_id } = fixtures.demonstration;
    expect((await unlock(fromBase64(file) as Bytes, passphrase)).keyId).toBe(key_id);
  });
});

describe("a key file that does not open", () => {
  const good = fixtures.demonstration;
  it.each<[string, Bytes, string, string]>([
    ["another passphrase", fileOf(good), "demonstratioN", "KEYSTORE-LOCKED"],
    ["no passphrase", fileOf(good), "", "KEYSTORE-LOCKED"],
    ["renamed to another officer", changed(good, 5, "eucom-release-1"), good.passphrase, "KEYSTORE-LOCKED"],
    ["moved to the real realm", changed(good, 4, "REAL"), good.passphrase, "KEYSTORE-DEMONSTRATION"],
    ["its mark taken away", changed(good, 6, null), good.passphrase, "KEYSTORE-MALFORMED"],
    ["another word in its mark", changed(good, 6, "X"), good.passphrase, "OK"],
    ["a cheaper lock", changed(fixtures.full_cost, 8, [1024, 1, 1]), good.passphrase, "KEYSTORE-MALFORMED"],
    ["a lock that takes all memory", changed(good, 8, [1024 * 1024, 3, 4]), good.passphrase, "KEYSTORE-COST"],
    ["a lock that takes an hour", changed(good, 8, [64, 9, 1]), good.passphrase, "KEYSTORE-COST"],
    ["a cost in text", changed(good, 8, ["64", 1, 1]), good.passphrase, "KEYSTORE-MALFORMED"],
    ["another salt", changed(good, 9, new Uint8Array(16)), good.passphrase, "KEYSTORE-LOCKED"],
    ["a short nonce", changed(good, 10, new Uint8Array(11)), good.passphrase, "KEYSTORE-MALFORMED"],
    ["a changed secret", changed(good, 11, new Uint8Array(48)), good.passphrase, "KEYSTORE-LOCKED"],
    ["another version", changed(good, 2, 2), good.passphrase, "KEYSTORE-MALFORMED"],
    ["the party's root", fileOf(fixtures.root), "demonstration", "KEYSTORE-OTHER"],
    ["a file that an unlock file opens", fileOf(fixtures.unlock_file), "demonstration", "KEYSTORE-LOCKED"],
    ["no key file", new Uint8Array([0x80]), "demonstration", "KEYSTORE-MALFORMED"],
    ["a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47]), "demonstration", "KEYSTORE-MALFORMED"],
    ["a film", new Uint8Array(65_537), "demonstration", "KEYSTORE-MALFORMED"],
  ])("%s", async (_name, file, passphrase, expected) => {
    expect(await codeOf(file, passphrase)).toBe(expected);
  });
});
