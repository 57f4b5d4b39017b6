import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "translations", title: "translations-title", group: "language", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], key: "g t", order: 1, load: () => import("./Translations.svelte") },
];
