import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "search", title: "search-title", group: "desk", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], key: "/", order: 1, load: () => import("./Search.svelte") },
];
