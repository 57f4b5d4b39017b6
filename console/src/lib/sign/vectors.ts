/** For tests only: the golden vectors of the repository (vectors/README.md), read from their files. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Bytes, fromHex } from "./bytes.ts";

const ROOT = fileURLToPath(new URL("../../../../vectors/", import.meta.url));

export interface Vector {
  name: string;
  fields: Readonly<Record<string, string>>;
  data: Readonly<Record<string, Bytes>>;
}

/** Return one vector by its path below vectors/, without `.txt`. */
export function vector(name: string): Vector {
  const [first = "", ...rest] = readFileSync(`${ROOT}${name}.txt`, "utf8").trimEnd().split("\n\n");
  const fields = Object.fromEntries(first.split("\n").map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
  const data: Record<string, Bytes> = {};
  for (const block of rest) {
    const [title = "", ...digits] = block.trim().split("\n");
    const bytes = fromHex(digits.join(""));
    if (bytes === null || !title.endsWith(":")) throw new Error(`${name} is no vector`);
    data[title.slice(0, -1)] = bytes;
  }
  return { name, fields, data };
}

/** Return every vector of a folder. */
export function vectors(folder: string): Vector[] {
  const names = readdirSync(`${ROOT}${folder}`).filter((name) => name.endsWith(".txt")).sort();
  return names.map((name) => vector(`${folder}/${name.slice(0, -4)}`));
}
