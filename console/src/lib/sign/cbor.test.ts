import { describe, expect, it } from "vitest";
import { concat, fromHex, toHex } from "./bytes.ts";
import { type CborValue, CborError, decode, decodeSequence, encode, Tagged } from "./cbor.ts";
import { vectors } from "./vectors.ts";

function codeOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CborError) return error.code;
    throw error;
  }
  return "OK";
}

describe("the encoding's golden vectors", () => {
  const all = vectors("encoding");
  it("are there", () => expect(all.length).toBeGreaterThanOrEqual(35));
  it.each(all.map((one) => [one.name, one] as const))("%s", (_name, { fields, data }) => {
    const bytes = data["data"] as Uint8Array;
    const read = fields["run"] === "decode-sequence" ? decodeSequence : decode;
    expect(codeOf(() => read(bytes))).toBe(fields["expect"]);
    if (fields["expect"] !== "OK") return;
    const value = read(bytes);
    const again = read === decode ? encode(value) : concat(...(value as CborValue[]).map((one) => encode(one)));
    expect(toHex(again)).toBe(fields["gives-encoded"] ?? toHex(bytes));
  });
});

describe("integers", () => {
  it.each([0, 23, 24, 255, 256, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, -1, -24, -25, -(2 ** 53) + 1])(
    "%d stays a number",
    (value) => expect(decode(encode(value))).toBe(value),
  );
  it.each([2n ** 53n, 2n ** 64n - 1n, -(2n ** 53n), -(2n ** 64n)])("%d stays a bigint", (value) =>
    expect(decode(encode(value))).toBe(value),
  );
  it("a small bigint is written as the number that it is", () => expect(encode(5n)).toEqual(encode(5)));
  it.each([1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, -0, 2n ** 64n, -(2n ** 64n) - 1n])(
    "%d is not encoded",
    (value) => expect(codeOf(() => encode(value))).toBe("CBOR-UNENCODABLE"),
  );
});

describe("what is not encoded", () => {
  it.each<[string, unknown]>([
    ["half of a surrogate pair", "\ud800"],
    ["undefined", undefined],
    ["a plain object", { a: 1 }],
    ["another tag", new Tagged(1, 0)],
    ["a key twice", new Map([[1, 0], [1n, 0]] as [number | bigint, number][])],
    ["a key that is an array", new Map([[[1], 0]])],
    ["a key that is no key", new Map([[true, 0]])],
  ])("%s", (_name, value) => expect(codeOf(() => encode(value as CborValue))).toBe("CBOR-UNENCODABLE"));

  it("seventeen arrays", () => {
    let value: CborValue = [];
    for (let depth = 1; depth < 16; depth++) value = [value];
    expect(codeOf(() => encode(value))).toBe("OK");
    expect(codeOf(() => encode([value]))).toBe("CBOR-UNENCODABLE");
  });
});

it("a byte order mark in a text is kept", () => {
  const bytes = fromHex("64efbbbf61") as Uint8Array;
  expect(toHex(encode(decode(bytes)))).toBe("64efbbbf61");
});

it("a length beyond any memory is refused before anything is allocated", () => {
  for (const head of ["5b", "7b", "9b", "bb"]) {
    expect(codeOf(() => decode(fromHex(`${head}ffffffffffffffff`) as Uint8Array))).toBe("CBOR-LENGTH");
  }
});

it("any bytes are a value or a typed refusal, and a value encodes to the same bytes", () => {
  // A fixed sequence (xorshift32), so that a failure repeats.
  let state = 2463534242;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  let accepted = 0;
  for (let round = 0; round < 20_000; round++) {
    const bytes = Uint8Array.from({ length: 1 + (next() % 12) }, () => next() & 0xff);
    try {
      const value = decode(bytes);
      accepted += 1;
      expect(toHex(encode(value))).toBe(toHex(bytes));
    } catch (error) {
      if (!(error instanceof CborError)) throw error;
    }
  }
  expect(accepted).toBeGreaterThan(300);
});
