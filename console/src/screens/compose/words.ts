/** Titles, labels and words of codes in one language, as the node renders them in messages; read once a language. */
import { get, type AnswerOf } from "$lib/api.ts";

export class Words {
  readonly locale: string;
  readonly #titles: Map<string, string>;
  readonly #fields: Map<string, { label: string; vocabulary: string | null; grades: string | null }>;
  readonly #codes: Map<string, Map<string, string>>;

  constructor(found: AnswerOf<"vocabularies">) {
    this.locale = found.locale;
    this.#titles = new Map(found.forms.map((one) => [one.code, one.title]));
    this.#fields = new Map(found.fields.map((one) => [one.name, one]));
    this.#codes = new Map(found.vocabularies.map((one) => [one.name, new Map(one.codes.map((row) => [row.code, row.text]))]));
  }

  title(form: string): string {
    return this.#titles.get(form) ?? form;
  }
  label(field: string): string {
    return this.#fields.get(field)?.label ?? field;
  }
  /** A code of a field's vocabulary in words. */
  code(field: string, code: string): string {
    return this.of(this.#fields.get(field)?.vocabulary, code);
  }
  grade(field: string, code: string): string {
    return this.of(this.#fields.get(field)?.grades, code);
  }
  of(vocabulary: string | null | undefined, code: string): string {
    return this.#codes.get(vocabulary ?? "")?.get(code) ?? code;
  }
}

const kept = new Map<string, Promise<Words>>();

/** The words of one language. A refusal is not kept: the next asks again. */
export function wordsOf(locale: string): Promise<Words> {
  let found = kept.get(locale);
  if (!found) {
    found = get("vocabularies", { query: { locale } }).then((read) => new Words(read));
    found.catch(() => kept.delete(locale));
    kept.set(locale, found);
  }
  return found;
}
