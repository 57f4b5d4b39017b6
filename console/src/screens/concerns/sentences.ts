/**
 * The watch's sentences in the officer's language: the node writes them in English into its books, where they stay; here
 * the known ones are said again. What is not known is shown as it stands, never guessed.
 */
import type { Args } from "$lib/i18n.svelte.ts";

export interface Sentence {
  id: string;
  args: Args;
  /** Codes among the arguments: name of the argument -> prefix of its word. */
  codes?: { [name: string]: string };
}

type Known = readonly [RegExp, string, readonly string[], { [name: string]: string }?];

const AGAINST: readonly Known[] = [
  [/^A hot spot is a fire, industry or a flare seen from orbit, and no evidence of an attack\.$/, "concerns-against-hot-spot", []],
  [/^Only one text says so\.$/, "concerns-against-one-text", []],
  [/^No text tells of it\.$/, "concerns-against-no-text", []],
  [/^None lies within ([\d.]+) km of the site\.$/, "concerns-against-none-within", ["km"]],
  [/^The place has been watched for (\d+) days only\.$/, "concerns-against-young", ["days"]],
  [/^(\d+) more are left out: their places burn all the year\.$/, "concerns-against-masked", ["count"]],
  [/^Much burns in the surroundings that day: (\d+) hot spots in the ring around\.$/, "concerns-against-widespread", ["count"]],
  [/^That a text names it does not say that it was hit\.$/, "concerns-against-named", []],
  [/^The words that name it may mean another site\.$/, "concerns-against-other-site", []],
  [/^It was placed (\d+) km off; only its words tie it\.$/, "concerns-against-far", ["km"]],
  [/^It names the town built for the facility, and not the facility\.$/, "concerns-against-town", []],
  [/^The doubt about its place reaches out of the ring of (\d+) m\.$/, "concerns-against-doubt", ["metres"]],
  [/^It is about what the facility depends on, and not about the facility\.$/, "concerns-against-dependency", []],
  [/^No report of the day tells of it\.$/, "concerns-against-no-report", []],
  [/^Silence is no event; a line or a person may have failed\.$/, "concerns-against-silence", []],
];

const REASONS: readonly Known[] = [
  [
    /^[^:]+: ([A-Z-]+) of ([A-Z-]+), grade ([A-F][1-6]); placed ([\d.]+) km ([NESW]{1,3}) of it, known within (\d+) m\.$/,
    "concerns-reason-text", ["kind", "what", "grade", "km", "direction", "metres"], { kind: "map-report", what: "register-what", direction: "map-compass" },
  ],
  [
    /^(\d+) hot spots within ([\d.]+) km, (\d+) of them within ([\d.]+) km; (\d+) in the (\d+) days before, at most (\d+) on one; (\d+) in the ring around\.$/,
    "concerns-reason-burst", ["count", "km", "core", "coreKm", "past", "days", "most", "around"],
  ],
  [/^It goes on burning: (\d+) hot spots within ([\d.]+) km\.$/, "concerns-reason-burning", ["count", "km"]],
  [/^Power was lost at the plant; days on which that was reported in the (\d+) before: (\d+)\.?$/, "concerns-reason-power", ["days", "count"]],
];

function read(known: readonly Known[], text: string): Sentence | undefined {
  for (const [pattern, id, names, codes] of known) {
    const found = pattern.exec(text);
    if (found) {
      // Counts choose a plural; everything else is shown as the node wrote it.
      const args = Object.fromEntries(names.map((name, index) => [name, ["count", "days"].includes(name) ? Number(found[index + 1]) : (found[index + 1] ?? "")]));
      return { id, args, ...(codes ? { codes } : {}) };
    }
  }
  return undefined;
}

export const againstOf = (text: string) => read(AGAINST, text);
export const reasonOf = (text: string) => read(REASONS, text);
