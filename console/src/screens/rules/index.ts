import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "rules", title: "rules-title", group: "watch", roles: ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"], order: 40, load: () => import("./Rules.svelte") },
];
