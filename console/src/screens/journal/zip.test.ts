import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { utf8 } from "$lib/sign/bytes.ts";
import { crc32, FILES_MAX, zipOf } from "./zip.ts";

const READ = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    print(json.dumps({"bad": z.testzip(), "files": {i.filename: [z.read(i).hex(), i.external_attr >> 16, i.flag_bits, i.date_time[0]] for i in z.infolist()}}))
`;

describe("one ZIP of an export", () => {
  it("reckons CRC-32 as the standard's check value has it", () => {
    expect(crc32(utf8("123456789"))).toBe(0xcbf43926);
  });

  it("is read by another program, byte for byte", () => {
    const files = { MANIFEST: utf8("first\n"), "entries/00000001.cbor": Uint8Array.from({ length: 70_000 }, (_, at) => at & 255), empty: new Uint8Array() };
    const folder = mkdtempSync(join(tmpdir(), "zip-"));
    try {
      const path = join(folder, "x.zip");
      writeFileSync(path, zipOf(files, "EUCOM/"));
      const found = JSON.parse(execFileSync("python3", ["-c", READ, path], { encoding: "utf8" }));
      expect(found.bad).toBeNull();
      expect(Object.keys(found.files).sort()).toEqual(["EUCOM/MANIFEST", "EUCOM/empty", "EUCOM/entries/00000001.cbor"]);
      for (const [name, data] of Object.entries(files)) {
        expect(found.files[`EUCOM/${name}`]).toEqual([Buffer.from(data).toString("hex"), 0o100644, 0x0800, 1980]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is the same for the same files, in whatever order they came", () => {
    const [a, b] = [utf8("a"), utf8("b")];
    expect(zipOf({ a, b })).toEqual(zipOf({ b, a }));
  });

  it("refuses more files than the format counts", () => {
    const many = Object.fromEntries(Array.from({ length: FILES_MAX + 1 }, (_, at) => [String(at), new Uint8Array()]));
    expect(() => zipOf(many)).toThrow(RangeError);
  });
});
