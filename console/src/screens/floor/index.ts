import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "floor", title: "floor-title", group: "line", roles: [], key: "g f", order: 1, load: () => import("./Floor.svelte") },
];
