/**
 * Names found in any of three scripts: Ukrainian and Russian letters are written in Latin ones, and what spellings
 * differ in (i/y/j, h/g/kh, sh/zh, soft signs, doubled letters) is left out on both sides. It finds too much rather
 * than too little; the entry is shown as it stands.
 */

const LATIN: { [letter: string]: string } = {
  а: "a", б: "b", в: "v", г: "h", ґ: "h", д: "d", е: "e", ё: "e", є: "e", ж: "z", з: "z", и: "i", і: "i", ї: "i", й: "i", к: "k", л: "l", м: "m",
  н: "n", о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "c", ч: "c", ш: "s", щ: "s", ъ: "", ы: "i", ь: "", э: "e", ю: "u", я: "a",
};

/** A name without what spellings of it differ in. */
export function folded(text: string): string {
  const plain = text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f'’ʼ"«»“”-]/gu, "").normalize("NFC");
  // NFKD parts й and ї into a letter and a mark, which are then the letters that they are folded to.
  const latin = [...plain].map((one) => LATIN[one] ?? one).join("");
  return latin
    .replace(/shch|sch/g, "s").replace(/sh|ss/g, "s").replace(/zh/g, "z").replace(/ch|ts|tz/g, "c").replace(/kh|gh|g/g, "h").replace(/ph/g, "f")
    .replace(/w/g, "v").replace(/[yj]/g, "i").replace(/i([aeou])/g, "$1").replace(/([a-z])\1+/g, "$1").replace(/\s+/g, " ").trim();
}

/** Tell whether each word asked for stands in one of the texts, in whatever spelling. */
export function fits(texts: readonly string[], wanted: string): boolean {
  const raw = wanted.trim().toLowerCase();
  if (!raw) return true;
  if (texts.some((one) => one.toLowerCase().includes(raw))) return true;
  const words = folded(wanted).split(" ").filter(Boolean);
  if (words.length === 0) return false;
  const all = texts.map(folded).join(" | ");
  return words.every((one) => all.includes(one));
}
