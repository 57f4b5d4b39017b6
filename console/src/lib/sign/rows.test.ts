import { describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { CborValue } from "./cbor.ts";
import { type Row, actsOf, headOf, rowsOf } from "./rows.ts";

function prepared(type: string, own: [number, CborValue][]) {
  return { type, line: new Uint8Array(0), seed: new Uint8Array(32), body: new Map<number, CborValue>(own) };
}

function said({ name, parts }: Row): string {
  return `${name}: ${parts.map((one) => (one.kind === "text" ? one.text : one.iso)).join("")}`;
}

describe("the fields that an officer signs are all shown", () => {
  it.each<[string, string, [number, CborValue][], string[]]>([
    ["text and tags", "log", [[20, "All quiet."], [21, ["watch", "line"]]], ["text: All quiet.", "tags: watch, line"]],
    ["an instant", "log", [[23, 1_669_000_000_000_000]], ["happened-at: 2022-11-21T03:06:40.000Z"]],
    ["a count is no instant", "feed", [[24, 3600]], ["late-after-seconds: 3600"]],
    ["a field without a name", "log", [[77, 5]], ["77: 5"]],
    ["a type without names", "novelty", [[20, true]], ["20: true"]],
    ["nothing said", "log", [[20, ""], [21, []], [22, null]], ["text: -", "tags: -", "about: -"]],
    ["a hash", "alarm-accepted", [[20, new Uint8Array(32).fill(0xab)]], [`alarm: ${"ab".repeat(32)}`]],
    ["a map within", "check-plan", [[20, new Map([[1, "ops"]])]], ["channel: ops"]],
    ["a list of lists", "channel", [[20, new Map<number, CborValue>([[12, [["en", 1], ["ru", 2]]]])]], ["languages: en, 1; ru, 2"]],
    ["a form's own field", "message", [[20, "CONCERN"], [101, "SHELLING"]], ["form: CONCERN", "activity: SHELLING"]],
  ])("%s", (_name, type, own, expected) => expect(rowsOf(prepared(type, own)).map(said)).toEqual(expected));

  it("a place is shown in degrees and by the grid", () => {
    const [row] = rowsOf(prepared("message", [[34, [475_122_000, 345_858_000, 100]]]));
    expect(said(row as Row)).toMatch(/^place: 47\.51220N 34\.58580E, MGRS 36T ?.* \(± 100 m\)$/);
  });

  it("what is long is shown by its hash", () => {
    const [row] = rowsOf(prepared("peer-pin", [[21, new Uint8Array(4096)]]));
    expect(said(row as Row)).toMatch(/^introduction: 4096 bytes, SHA-256 [0-9a-f]{64}$/);
  });

  it("who says it to whom, and when", () => {
    const head = headOf(prepared("log", [[2, 1_669_000_000_000_000], [3, "EUCOM"], [4, ["NDMC"]], [5, "eucom-watch-1"]]));
    expect(head.map(said)).toEqual([
      "author: EUCOM",
      "addressees: NDMC",
      "stated-at: 2022-11-21T03:06:40.000Z",
      "officer: eucom-watch-1",
    ]);
  });
});

it("no type is signed by an act of another", () => {
  expect(actsOf("message")).toEqual(["draft", "release", "stop"]);
  expect(actsOf("receipt")).toEqual(["receipt"]);
  expect(actsOf("hello")).toEqual([]);
});

it("every act and type has its words in three languages, and every language the same ids", () => {
  const ids = (language: string, name: string) => {
    const path = fileURLToPath(new URL(`../../locales/${language}/${name}.ftl`, import.meta.url));
    return readFileSync(path, "utf8").split("\n").filter((line) => line && !line.startsWith("#")).map((line) => line.split(" = ")[0]);
  };
  for (const name of ["sign", "signin"]) {
    expect(ids("ru", name)).toEqual(ids("en", name));
    expect(ids("uk", name)).toEqual(ids("en", name));
  }
  const english = new Set(ids("en", "sign"));
  for (const act of ["draft", "legal-tick", "linguist-check", "release", "countersign", "receipt", "assent", "introduce", "decide", "delegate", "accept-alarm", "stop", "assess", "record"]) {
    expect(english.has(`sign-act-${act}`) && english.has(`sign-do-${act}`), act).toBe(true);
  }
});
