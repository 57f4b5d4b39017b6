import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "windows", title: "windows-title", group: "line", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], key: "g s", order: 30, load: () => import("./Windows.svelte") },
];
