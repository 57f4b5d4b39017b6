import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "brief", title: "brief-title", group: "desk", roles: ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"], key: "g i", order: 3, load: () => import("./Brief.svelte") },
];
