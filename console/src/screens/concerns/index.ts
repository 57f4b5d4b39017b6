import type { Screen } from "$lib/screens.ts";

const roles = ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"];
const load = () => import("./Concerns.svelte");

export const screens: Screen[] = [
  { id: "concerns", title: "concerns-title", group: "watch", roles, key: "g c", order: 1, load },
  // Alarms open their cause by this name.
  { id: "concern", title: "concerns-title", group: "watch", roles, hidden: true, load },
];
