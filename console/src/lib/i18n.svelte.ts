/**
 * The console's words: Fluent messages of the officer's language, English where one is missing.
 *
 * Text of a peer or of a source never goes through here as an argument without lib/inert.ts; it is shown by ui/Inert.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { SvelteMap } from "svelte/reactivity";

export const LANGUAGES = ["en", "ru", "uk"] as const;
export type Language = (typeof LANGUAGES)[number];
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", ru: "Русский", uk: "Українська" };

const KEPT_AS = "armslength-language";
const bundles = new SvelteMap<Language, FluentBundle>();
const state = $state<{ language: Language }>({ language: "en" });

async function load(language: Language): Promise<void> {
  if (bundles.has(language)) return;
  const texts = {
    en: () => import("virtual:messages/en"),
    ru: () => import("virtual:messages/ru"),
    uk: () => import("virtual:messages/uk"),
  };
  const bundle = new FluentBundle(language, { useIsolating: false });
  const found = (await texts[language]()).default;
  const source = found.endsWith(".ftl") ? await (await fetch(found)).text() : found;
  const faults = bundle.addResource(new FluentResource(source));
  if (faults.length > 0) console.error("messages", language, faults);
  bundles.set(language, bundle);
}

/** Choose the language of this floor PC; kept for its next start. */
export async function setLanguage(language: Language): Promise<void> {
  await load(language);
  state.language = language;
  document.documentElement.lang = language;
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // A profile that keeps nothing is no reason to show nothing.
  }
}

export function language(): Language {
  return state.language;
}

function asLanguage(text: string | null | undefined): Language | undefined {
  return LANGUAGES.find((one) => text?.toLowerCase().startsWith(one));
}

/** Load the words before anything is drawn: the language kept, the browser's, or English. */
export async function start(): Promise<void> {
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT_AS);
  } catch {
    // As above.
  }
  const asked = new URLSearchParams(location.search).get("lang");
  await load("en");
  await setLanguage(asLanguage(asked) ?? asLanguage(kept) ?? asLanguage(navigator.language) ?? "en");
}

export type Args = Record<string, FluentVariable>;

/** Say a message; its id stands where no language has it, so that a gap is seen and tested for. */
export function t(id: string, args?: Args): string {
  return said(id, args) ?? id;
}

/** Say a message, or undefined when there is none (names of codes that a newer node may send). */
export function said(id: string, args?: Args): string | undefined {
  for (const one of [state.language, "en"] as const) {
    const bundle = bundles.get(one);
    const pattern = bundle?.getMessage(id)?.value;
    if (bundle && pattern) return bundle.formatPattern(pattern, args ?? null, []);
  }
  return undefined;
}

/** Say a code of the node (`state-OPEN`), or the code itself made readable. */
export function word(prefix: string, code: string | null | undefined): string {
  if (code === null || code === undefined) return "";
  return said(`${prefix}-${code}`) ?? String(code).replaceAll("-", " ").toLowerCase();
}
