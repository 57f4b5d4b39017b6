/** A channel between the book's answer, the form on the screen, and the document that the node takes. */
import type { AnswerOf } from "$lib/api.ts";
import { filled, linesOf } from "$lib/desk/entered.ts";
import type { Level as Shape } from "$ui/Status.svelte";
import type { RowValues } from "$ui/Rows.svelte";

export type Channel = AnswerOf<"channel">;

export const MEDIA = ["TELEPHONE", "OUR-LINE", "VIDEO", "MAIL", "FAX", "LETTER", "MEETING", "RELAY"] as const;
export const LEVELS = ["DUTY", "STAFF", "COMMAND", "CHIEFS-OF-STAFF", "MINISTERS", "ADVISERS", "INTELLIGENCE", "PRINCIPALS"] as const;
export const SIDES = ["OURS", "THEIRS", "THIRD"] as const;
/** What can be seen, and what a side can say: a suspension is a word, silence is an observation (docs/channels.md). */
export const OBSERVED = ["OPEN", "DEGRADED", "UNANSWERED", "CUT"] as const;
export const DECLARED = ["OPEN", "DEGRADED", "SUSPENDED-BY-US", "SUSPENDED-BY-THEM", "CUT", "CLOSED"] as const;

const SHAPES: Record<string, Shape> = {
  OPEN: "normal", ANSWERED: "normal", DEGRADED: "caution", UNANSWERED: "serious", "SUSPENDED-BY-US": "serious", "SUSPENDED-BY-THEM": "serious", CUT: "critical", CLOSED: "off",
};
/** Return the shape that stands beside the word of a state. */
export function shapeOf(state: string | null | undefined): Shape {
  return SHAPES[state ?? ""] ?? "off";
}

export interface EndForm { side: string; party: string; post: string; holders: RowValues[]; places: RowValues[]; numbers: RowValues[] }
export interface ChannelForm {
  channel: string; name: string; medium: string; level: string; purpose: string; languages: string; exclusions: string; may_open: string; approves: string;
  time_zone: string; cost: string; signal_value: string; line_peer: string;
  ends: EndForm[]; hours: RowValues[]; address_sheets: RowValues[]; establishment: RowValues[]; facts: RowValues[];
}

export function emptyForm(party: string, zone: string): ChannelForm {
  const end = (side: string, code: string): EndForm => ({ side, party: code, post: "", holders: [], places: [], numbers: [] });
  return {
    channel: "", name: "", medium: "TELEPHONE", level: "DUTY", purpose: "", languages: "", exclusions: "", may_open: "", approves: "",
    time_zone: zone, cost: "", signal_value: "", line_peer: "",
    ends: [end("OURS", party), end("THEIRS", "")], hours: [], address_sheets: [], establishment: [], facts: [],
  };
}

/** Return a span of whole UTC days as its days ("2022-03-01 – 2022-03-31"), undefined for one of hours. */
export function wholeDays(from: string | null, until: string | null): string | undefined {
  const [first, last] = [/^(.{10})T00:00:00(\.0+)?Z$/.exec(from ?? "")?.[1], /^(.{10})T23:59:59(\.9+)?Z$/.exec(until ?? "")?.[1]];
  if (!first || !last) return undefined;
  return first === last ? first : `${first} – ${last}`;
}

type Accounts = Channel["establishment"];
const accountRows = (rows: Accounts): RowValues[] => rows.map(({ text, source, from, until }) => ({ text, source, from: from ?? "", until: until ?? "" }));

/** Return a channel of the book as the form has it, so that a correction begins with what stands. */
export function formOf(known: Channel): ChannelForm {
  return {
    channel: known.channel, name: known.name, medium: known.medium, level: known.level, purpose: known.purpose, languages: known.languages.join(", "),
    exclusions: known.exclusions.join("\n"), may_open: known.may_open.join("\n"), approves: known.approves.join("\n"), time_zone: known.time_zone, cost: known.cost,
    signal_value: known.signal_value, line_peer: known.line?.peer ?? "",
    ends: known.ends.map((end) => ({
      side: end.side, party: end.party, post: end.post,
      holders: end.holders.map((one) => ({ name: one.name, own_name: one.own_name, title: one.title, from: one.from ?? "", until: one.until ?? "", source: one.source })),
      places: accountRows(end.places), numbers: end.numbers.map(({ medium, value, note }) => ({ medium, value, note })),
    })),
    hours: known.hours.map((one) => ({ days: one.days.join(" "), from: one.from, until: one.until })),
    address_sheets: known.address_sheets.map((one) => ({
      language: one.language, opening: one.opening, titles: one.titles, closing: one.closing, approved_by: one.approved_by, approved_at: one.approved_at ?? "", reference: one.reference,
    })),
    establishment: accountRows(known.establishment), facts: accountRows(known.facts),
  };
}

/** A span whose two ends are the same is one instant; one side alone is a `when` of that precision. */
function account(row: RowValues): Record<string, unknown> {
  const { text, source, from = "", until = "" } = row;
  const one = !until || from === until ? { when: from } : !from ? { when: until } : { from, until };
  return filled({ text, source, ...one });
}
const days = (text: string): number[] => (text.match(/[1-7]/g) ?? []).map(Number);

/** Return the document that the node takes; what was left empty is not said. */
export function documentOf(form: ChannelForm): Record<string, unknown> {
  const { ends, hours, address_sheets, establishment, facts, exclusions, may_open, approves, languages, ...plain } = form;
  return {
    ...filled({
      ...plain,
      languages: languages.split(/[\s,]+/).filter(Boolean), exclusions: linesOf(exclusions), may_open: linesOf(may_open), approves: linesOf(approves),
      hours: hours.map((one) => ({ days: days(one["days"] ?? ""), from: one["from"], until: one["until"] })),
      address_sheets: address_sheets.map(filled), establishment: establishment.map(account), facts: facts.map(account),
    }),
    // Two that the node needs even when nothing stands in them, so that its own words tell of it.
    languages: languages.split(/[\s,]+/).filter(Boolean),
    ends: ends.map(({ side, party, post, holders, places, numbers }) => ({
      side, party, post, ...filled({ holders: holders.map(filled), places: places.map(account), numbers: numbers.map(filled) }),
    })),
  };
}
