/**
 * Foreign text made harmless to the eye: what cannot be seen is shown as a mark, letters that pass for others are named.
 *
 * The text is data: it is never markup, never a link, never fetched. Marks are pieces of their own, so that they cannot
 * be imitated by text.
 */

export type Piece =
  | { kind: "text"; text: string }
  | { kind: "control"; code: string; name: string }
  | { kind: "lookalike"; text: string; scripts: string[] };

/** Characters that steer or hide text, with the names an officer can read out. */
const NAMES: Record<number, string> = {
  0x00ad: "SOFT HYPHEN", 0x061c: "ALM", 0x115f: "FILLER", 0x1160: "FILLER", 0x180e: "SEPARATOR", 0x200b: "ZERO WIDTH SPACE",
  0x200c: "ZWNJ", 0x200d: "ZWJ", 0x200e: "LRM", 0x200f: "RLM", 0x2028: "LINE SEPARATOR", 0x2029: "PARAGRAPH SEPARATOR",
  0x202a: "LRE", 0x202b: "RLE", 0x202c: "PDF", 0x202d: "LRO", 0x202e: "RLO", 0x2060: "WORD JOINER", 0x2066: "LRI",
  0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0x3164: "FILLER", 0xfeff: "BOM", 0xffa0: "FILLER", 0xfffc: "OBJECT",
};

function hidden(code: number): boolean {
  if (code === 0x0a || code === 0x09) return false;
  return (
    code < 0x20 || (code >= 0x7f && code <= 0x9f) || code in NAMES || (code >= 0x2061 && code <= 0x206f) ||
    (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0000 && code <= 0xe0fff) || (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0xfff9 && code <= 0xfffb) || (code >= 0x1d173 && code <= 0x1d17a)
  );
}

const SCRIPTS: [string, RegExp][] = [
  ["Latin", /\p{Script=Latin}/u],
  ["Cyrillic", /\p{Script=Cyrillic}/u],
  ["Greek", /\p{Script=Greek}/u],
  ["Armenian", /\p{Script=Armenian}/u],
  ["Cherokee", /\p{Script=Cherokee}/u],
];
const COMPATIBLE = /[\u{1d400}-\u{1d7ff}\u{ff01}-\u{ff5e}\u{2100}-\u{214f}\u{2460}-\u{24ff}]/u;
const STACKED_MARKS = /\p{M}{4,}/u;

function scriptsOf(wordText: string): string[] {
  const found = SCRIPTS.filter(([, pattern]) => pattern.test(wordText)).map(([name]) => name);
  if (COMPATIBLE.test(wordText)) found.push("styled letters");
  if (STACKED_MARKS.test(wordText)) found.push("stacked marks");
  return found;
}

/** Cut foreign text into pieces that a component shows; at most `charsMax` characters of it. */
export function pieces(text: string, charsMax = Number.POSITIVE_INFINITY): Piece[] {
  const out: Piece[] = [];
  const say = (one: string) => {
    if (!one) return;
    const last = out.at(-1);
    if (last?.kind === "text") last.text += one;
    else out.push({ kind: "text", text: one });
  };
  const shown = text.length > charsMax ? text.slice(0, charsMax) : text;
  // Words by letters and marks; what stands between them is looked at one character at a time.
  for (const part of shown.split(/((?:[\p{L}\p{N}][\p{L}\p{M}\p{N}'’ʼ-]*))/u)) {
    if (/^[\p{L}\p{N}]/u.test(part)) {
      const scripts = scriptsOf(part);
      const suspicious = scripts.length > 1 || scripts.includes("styled letters") || scripts.includes("stacked marks");
      if (suspicious) out.push({ kind: "lookalike", text: part, scripts });
      else say(part);
      continue;
    }
    for (const character of part) {
      const code = character.codePointAt(0) ?? 0;
      if (hidden(code)) {
        const name = NAMES[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
        out.push({ kind: "control", code: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`, name });
      } else say(character);
    }
  }
  return out;
}

/** The same as one line of plain text, for titles and accessible names: marks as [RLO], at most 200 characters. */
export function plain(text: string, charsMax = 200): string {
  const said = pieces(text, charsMax).map((one) => (one.kind === "control" ? `[${one.name}]` : one.text)).join("");
  const line = said.replace(/\s+/g, " ").trim();
  return text.length > charsMax ? `${line}…` : line;
}
