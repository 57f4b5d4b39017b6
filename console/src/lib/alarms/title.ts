/** The tab's own title and icon: what a hidden or distant tab can still say, without leave to notify. */

import alarm from "./icons/alarm.svg?no-inline";
import caution from "./icons/caution.svg?no-inline";
import flash from "./icons/flash.svg?no-inline";
import lost from "./icons/lost.svg?no-inline";
import quiet from "./icons/quiet.svg?no-inline";
import warning from "./icons/warning.svg?no-inline";
import type { Bell } from "../live/wire.ts";

/** Shapes differ as well as colours: octagon, triangle, circle, square, broken ring, plain ring. */
const ICONS: Readonly<Record<Bell | "quiet" | "lost", string>> = { flash, alarm, warning, caution, lost, quiet };

export interface TitleSays {
  readonly count: number;
  readonly word: string;
  readonly bell: Bell | null;
  readonly lost: boolean;
  readonly page: string;
}

/** The title by turns: the alarm with its number, then the page's own name. */
export function titleOf(says: TitleSays, turn: boolean): string {
  if (says.word === "") return says.page;
  const number = says.count > 0 ? `(${says.count}) ` : "";
  return turn ? `${number}${says.word}` : `${number}${says.page}`;
}

/** Show title and icon. */
export function showTitle(says: TitleSays, turn: boolean): void {
  const title = titleOf(says, turn);
  if (document.title !== title) document.title = title;
  const icon = ICONS[says.lost ? "lost" : (says.bell ?? "quiet")];
  let link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (link === null) {
    link = document.createElement("link");
    link.rel = "icon";
    document.head.append(link);
  }
  if (link.getAttribute("href") !== icon) link.setAttribute("href", icon);
}
