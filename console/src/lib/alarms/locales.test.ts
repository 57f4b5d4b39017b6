import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const ids = (text: string) => [...text.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((one) => one[1] ?? "").sort();
const english = read("../../locales/en/alarms.ftl");

describe("the words of alarms", () => {
  it("every kind that the node raises has its sentence", () => {
    const source = read("../../../../src/armslength/desk/alarms.py");
    const table = source.slice(source.indexOf("ALARM_KINDS"), source.indexOf("}\n", source.indexOf("ALARM_KINDS")));
    const kinds = [...table.matchAll(/^ {4}"([A-Z-]+)":/gm)].map((one) => one[1] ?? "");
    expect(kinds.length).toBeGreaterThan(30);
    const missing = kinds.filter((kind) => !ids(english).includes(`alarms-kind-${kind}`));
    expect(missing).toEqual([]);
  });
});
