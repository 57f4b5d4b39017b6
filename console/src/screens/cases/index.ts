import type { Screen } from "$lib/screens.ts";

const load = () => import("./Cases.svelte");
const roles = ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"];

export const screens: Screen[] = [
  { id: "cases", title: "cases-title", group: "desk", roles, key: "g d", order: 10, load },
  // What the node calls it in alarms.
  { id: "case", title: "cases-title", group: "desk", roles, hidden: true, load },
];
