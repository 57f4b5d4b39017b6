import type { Screen } from "$lib/screens.ts";

const BOOK = ["administrator", "auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "spokesperson", "watch-officer"];
const LADDERS = ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"];

export const screens: Screen[] = [
  { id: "channels", title: "channels-title", group: "desk", roles: BOOK, key: "g b", order: 40, load: () => import("./Channels.svelte") },
  { id: "ladder", title: "ladder-title", group: "desk", roles: LADDERS, key: "g u", order: 41, load: () => import("./Ladders.svelte") },
];
