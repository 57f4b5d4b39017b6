import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "audit", title: "audit-title", group: "books", roles: ["auditor", "principal"], order: 80, load: () => import("./Audit.svelte") },
];
