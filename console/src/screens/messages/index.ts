import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "messages", title: "messages-title", group: "line", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], key: "g m", order: 2, load: () => import("./Messages.svelte") },
];
