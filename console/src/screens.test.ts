import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL(".", import.meta.url));

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : /\.(svelte|ts)$/.test(name) && !name.endsWith(".test.ts") ? [path] : [];
  });
}
const sources = files(root).map((path) => ({ path: path.slice(root.length), text: readFileSync(path, "utf8") }));
const indexes = sources.filter(({ path }) => /^screens\/\w+\/index\.ts$/.test(path));
const ids = indexes.flatMap(({ text }) => [...text.matchAll(/\bid: "([\w-]+)"/g)].map((one) => one[1]));
const keys = indexes.flatMap(({ text }) => [...text.matchAll(/\bkey: "([^"]+)"/g)].map((one) => one[1]));
const english = readdirSync(join(root, "locales/en")).map((name) => readFileSync(join(root, "locales/en", name), "utf8")).join("\n");
const said = new Set([...english.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((one) => one[1]));

describe("the screens", () => {
  it("have names and keys of their own", () => {
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });

  it("are where every link leads", () => {
    const dead = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\b(?:href|go)\("([\w-]+)"/g)].filter((one) => !ids.includes(one[1])).map((one) => `${path}: ${one[1]}`),
    );
    expect(dead).toEqual([]);
  });

  it("are where every alarm leads", () => {
    const opens = ["alarm_causes.py", "service_floor.py"].map((name) => readFileSync(join(root, "../../src/armslength/desk", name), "utf8")).join("\n");
    const rows = [...opens.matchAll(/^ {4}(?:\("[A-Z-]+"|views\.[A-Z_]+)[,:] "([\w-]+)"/gm)].map((one) => one[1]);
    expect(rows.length).toBeGreaterThan(20);
    expect([...new Set(rows)].filter((id) => !ids.includes(id))).toEqual([]);
  });

  it("say what there are words for", () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\("([\w-]+)"/g)].filter((one) => !said.has(one[1]!)).map((one) => `${path}: ${one[1]}`),
    );
    expect(missing).toEqual([]);
  });

  it("name no colour of their own, no style attribute and no markup from text", () => {
    const wrong = sources
      .filter(({ path }) => /^(screens|ui)\//.test(path) && path.endsWith(".svelte"))
      .flatMap(({ path, text }) => [...text.matchAll(/\{@html|\sstyle="|[:\s]#[0-9a-fA-F]{3,8}\b(?=[;\s])/g)].map((one) => `${path}: ${one[0].trim()}`));
    expect(wrong).toEqual([]);
  });
});
