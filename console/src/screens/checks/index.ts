import type { Screen } from "$lib/screens.ts";

const CHECKS = ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"];
const load = () => import("./Checks.svelte");

export const screens: Screen[] = [
  { id: "checks", title: "checks-title", group: "desk", roles: CHECKS, key: "g k", order: 20, load },
  // By this name alarms and deadlines of the node open it.
  { id: "line-checks", title: "checks-title", group: "desk", roles: CHECKS, hidden: true, load },
];
