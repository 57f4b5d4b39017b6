import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "codebook", title: "codebook-title", group: "language", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], order: 3, load: () => import("./Codebook.svelte") },
];
