import { describe, expect, it } from "vitest";
import { csvLine, fromBase64 } from "./save.ts";

describe("files that leave", () => {
  it("makes no formula of foreign text, and no second column of a comma", () => {
    expect(csvLine(["=1+1", "a,b", 'say "no"', null, ["x", "y"], 3])).toBe(`'=1+1,"a,b","say ""no""",,x; y,3`);
  });
  it("reads base64 to the byte", () => expect([...fromBase64("AP+A")]).toEqual([0, 255, 128]));
});
