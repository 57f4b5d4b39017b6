/** The screens there are: each area states its own in screens/AREA/index.ts, and this joins them. */
import type { Component } from "svelte";

export interface Screen {
  /** First part of the address. */
  id: string;
  /** Id of the message that names it. */
  title: string;
  group: Group;
  /** Roles that see it in the menu; the node decides what they may. Empty: everybody. */
  roles: readonly string[];
  /** Key that opens it, as `g m`. */
  key?: string;
  /** Place in its group; 50 when missing. */
  order?: number;
  /** Not in the menu: reached from elsewhere. */
  hidden?: boolean;
  /** Uses the whole width and height (the map). */
  full?: boolean;
  load: () => Promise<{ default: Component }>;
}

export const GROUPS = ["line", "watch", "desk", "language", "books", "house"] as const;
export type Group = (typeof GROUPS)[number];

const found = import.meta.glob<{ screens: Screen[] }>("../screens/*/index.ts", { eager: true });

export const SCREENS: readonly Screen[] = Object.values(found)
  .flatMap((one) => one.screens)
  .sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) || (a.order ?? 50) - (b.order ?? 50) || a.id.localeCompare(b.id));

export function screenOf(id: string): Screen | undefined {
  return SCREENS.find((one) => one.id === id);
}
