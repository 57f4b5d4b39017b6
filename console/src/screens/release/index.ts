import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  {
    id: "release",
    title: "release-title",
    group: "line",
    roles: ["watch-officer", "linguist", "legal-adviser", "releasing-officer", "principal", "auditor"],
    key: "g r",
    order: 30,
    load: () => import("./Release.svelte"),
  },
];
