import { describe, expect, it } from "vitest";
import { partsOf } from "./findings.ts";

describe("a check of the fault screen", () => {
  it.each([
    ["alarms", "alarms", ""],
    ["alarm hook", "alarm-hook", ""],
    ["NDMC: path", "peer-path", "NDMC"],
    ["store: SQLite version", "store-sqlite-version", ""],
    ["console certificate", "console-certificate", ""],
  ])("%s is named by %s", (check, id, peer) => {
    expect(partsOf(check)).toEqual({ id, peer });
  });
});
