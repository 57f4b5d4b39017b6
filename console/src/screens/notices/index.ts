import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "notices", title: "notices-title", group: "line", roles: ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"], order: 60, load: () => import("./Notices.svelte") },
];
