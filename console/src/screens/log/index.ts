import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "log", title: "log-title", group: "desk", roles: ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"], key: "g l", order: 5, load: () => import("./Log.svelte") },
];
