import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  {
    id: "map",
    title: "map-title",
    group: "watch",
    roles: ["watch-officer", "linguist", "releasing-officer", "principal", "legal-adviser", "administrator", "auditor"],
    key: "g p",
    order: 20,
    full: true,
    load: () => import("./Map.svelte"),
  },
];
