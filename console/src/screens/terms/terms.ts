/** The term base as rows of concepts, and the files that leave it: CSV and TBX-Basic as the node's own writer has them. */
import type { AnswerOf } from "$lib/api.ts";
import { csvLine } from "$lib/desk/save.ts";

export type Term = AnswerOf<"terms">[number];

export const STATUSES = ["preferred", "admitted", "deprecated"] as const;
export const PARTS = ["n", "v", "adj", "adv", "other"] as const;
export const GENDERS = ["m", "f", "n", "pl"] as const;
export const COLUMNS = ["concept", "language", "term", "status", "part", "gender", "definition", "source", "note"] as const;

/** Entries of one record, and of one signature of four records (src/armslength/desk/term_records.py). */
export const ENTRIES_MAX = 200;
export const RECORDS_AT_ONCE = 4;

export interface Concept {
  concept: string;
  definition: string;
  /** Subject group of the shipped list, or a note. */
  group: string;
  own: boolean;
  terms: Readonly<Record<string, readonly Term[]>>;
}

/** Join terms into concepts, in the order in which concepts are first met; the preferred word of a language first. */
export function conceptsOf(terms: readonly Term[]): Concept[] {
  const found = new Map<string, Term[]>();
  for (const one of terms) {
    const held = found.get(one.concept);
    if (held) held.push(one);
    else found.set(one.concept, [one]);
  }
  return [...found].map(([concept, all]) => {
    const languages = [...new Set(all.map((one) => one.language))];
    const rank = (one: Term) => STATUSES.indexOf(one.status as (typeof STATUSES)[number]);
    return {
      concept,
      definition: all.find((one) => one.definition)?.definition ?? "",
      group: all.find((one) => one.note)?.note ?? "",
      own: all.some((one) => one.own),
      terms: Object.fromEntries(languages.map((language) => [language, all.filter((one) => one.language === language).sort((a, b) => rank(a) - rank(b))])),
    };
  });
}

/** Return the concepts of a search in the order of its answers. */
export function inOrder(concepts: readonly Concept[], hits: readonly Term[]): Concept[] {
  const order = [...new Set(hits.map((one) => one.concept))];
  const held = new Map(concepts.map((one) => [one.concept, one]));
  return order.map((one) => held.get(one)).filter((one) => one !== undefined);
}

export function toCsv(terms: readonly Term[]): string {
  return [COLUMNS.join(","), ...terms.map((one) => csvLine(COLUMNS.map((name) => one[name]))), ""].join("\n");
}

const TBX_STATUS: Record<string, string> = { preferred: "preferredTerm-admn-sts", admitted: "admittedTerm-admn-sts", deprecated: "deprecatedTerm-admn-sts" };
const TBX_PART: Record<string, string> = { n: "noun", v: "verb", adj: "adjective", adv: "adverb", other: "other" };
const TBX_GENDER: Record<string, string> = { m: "masculine", f: "feminine", n: "neuter", pl: "other" };

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
function category(name: string, value: string | undefined): string {
  return value ? `<${name}>${escaped(value)}</${name}>` : "";
}

/** TBX (ISO 30042:2019), dialect Basic, style DCT. */
export function toTbx(terms: readonly Term[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">',
    "  <tbxHeader><fileDesc><titleStmt><title>Terms</title></titleStmt>",
    "    <sourceDesc><p>Exported by armslength</p></sourceDesc></fileDesc></tbxHeader>",
    "  <text><body>",
  ];
  for (const one of conceptsOf(terms)) {
    lines.push(`    <conceptEntry id="c-${escaped(one.concept)}">`);
    if (one.definition) lines.push(`      ${category("basic:definition", one.definition)}`);
    for (const [language, words] of Object.entries(one.terms)) {
      lines.push(`      <langSec xml:lang="${escaped(language)}">`);
      for (const word of words) {
        const parts = [category("term", word.term), category("min:partOfSpeech", TBX_PART[word.part]), category("basic:grammaticalGender", TBX_GENDER[word.gender]),
          category("min:administrativeStatus", TBX_STATUS[word.status]), category("basic:source", word.source), category("note", word.note)];
        lines.push(`        <termSec>${parts.join("")}</termSec>`);
      }
      lines.push("      </langSec>");
    }
    lines.push("    </conceptEntry>");
  }
  return [...lines, "  </body></text>", "</tbx>", ""].join("\n");
}

export type Entry = Record<(typeof COLUMNS)[number], string>;

/** Return an entry as an act takes it. */
export function entryOf(one: Term | Entry): Entry {
  return Object.fromEntries(COLUMNS.map((name) => [name, one[name]])) as Entry;
}

/** Cut entries into records. */
export function records<T>(entries: readonly T[], most = ENTRIES_MAX): T[][] {
  return Array.from({ length: Math.ceil(entries.length / most) }, (_, at) => entries.slice(at * most, (at + 1) * most));
}
