/** Alarms in the officer's words: kinds have their own sentence in each language; what a peer wrote stays apart. */

import { said, t } from "../i18n.svelte.ts";
import { plain } from "../inert.ts";
import type { Item, Spoken } from "./machine.ts";

const idOf = (item: Item): string => `alarms-${item.local ? "local" : "kind"}-${item.kind}`;

/** What happened and what to do, in a sentence; the node's English where a newer kind has no words here yet. */
export function sentenceOf(item: Item): string {
  return said(idOf(item)) ?? plain(item.sentence);
}

/** The kind in a word or two, for titles: FLASH, STOP, NODE LOST. */
export function kindWord(item: Item): string {
  return said(`alarms-word-${item.kind}`) ?? t(`alarms-bell-${item.bell}`);
}

/** How urgent it is, in a word. */
export const bellWord = (item: Item): string => t(`alarms-bell-${item.bell}`);

/** The state, in words that say what is still to be done. */
export function stateWord(item: Item, silenced = item.silenced): string {
  if (item.shelvedUntil !== null) return t("alarms-state-shelved");
  if (item.passedTo !== null && !item.due) return t("alarms-state-passed", { post: plain(item.passedTo, 60) });
  if (silenced) return t("alarms-state-silenced");
  return t(`alarms-state-${item.state}`);
}

/** What is read aloud when an alarm comes. */
export function spokenWords({ item, count }: Spoken): string {
  const words = { bell: bellWord(item), sentence: sentenceOf(item), count };
  return t(count > 1 ? "alarms-spoken-many" : "alarms-spoken", words);
}
