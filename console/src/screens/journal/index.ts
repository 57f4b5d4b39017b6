import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "journal", title: "journal-title", group: "books", roles: ["auditor", "key-custodian"], key: "g j", order: 70, load: () => import("./Journal.svelte") },
];
