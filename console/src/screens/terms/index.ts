import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "terms", title: "terms-title", group: "language", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], order: 2, load: () => import("./Terms.svelte") },
];
