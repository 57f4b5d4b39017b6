import { readdirSync, readFileSync } from "node:fs";
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";

const folder = new URL("./locales/", import.meta.url);
const LANGUAGES = ["en", "ru", "uk"];
const areas = readdirSync(new URL("en/", folder)).filter((name) => name.endsWith(".ftl"));

function read(language: string, area: string): string {
  return readFileSync(new URL(`${language}/${area}`, folder), "utf8");
}
function ids(text: string): string[] {
  return [...text.matchAll(/^([a-zA-Z][\w-]*) =/gm)].map((one) => one[1] ?? "");
}
function variables(text: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const block of text.split(/\n(?=[a-zA-Z])/)) {
    const id = /^([a-zA-Z][\w-]*) =/.exec(block)?.[1];
    if (id) found[id] = [...new Set([...block.matchAll(/\$(\w+)/g)].map((one) => one[1] ?? ""))].sort();
  }
  return found;
}

describe("the console's words", () => {
  it.each(LANGUAGES)("%s reads without a fault", (language) => {
    const bundle = new FluentBundle(language);
    for (const area of areas) expect(bundle.addResource(new FluentResource(read(language, area))), area).toEqual([]);
  });

  it.each(areas.flatMap((area) => ["ru", "uk"].map((language) => [area, language] as const)))("%s has the same messages with the same arguments in %s", (area, language) => {
    expect(variables(read(language, area))).toEqual(variables(read("en", area)));
  });

  it("no message is said twice", () => {
    const all = areas.flatMap((area) => ids(read("en", area)));
    expect(all.filter((id, index) => all.indexOf(id) !== index)).toEqual([]);
  });

  it("Russian and Ukrainian are not English left over", () => {
    for (const language of ["ru", "uk"])
      for (const area of areas) {
        const latin = read(language, area).split("\n").filter((line) => /^[a-zA-Z][\w-]* = [^{]*[a-zA-Z]{4,}/.test(line) && !/[а-яіїєґ]/i.test(line));
        expect(latin, `${language}/${area}`).toEqual([]);
      }
  });
});
