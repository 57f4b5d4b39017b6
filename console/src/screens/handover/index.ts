import type { Screen } from "$lib/screens.ts";

const load = () => import("./Handover.svelte");
const roles = ["administrator", "auditor", "linguist", "principal", "releasing-officer", "watch-officer"];

export const screens: Screen[] = [
  { id: "handover", title: "handover-title", group: "desk", roles, key: "g h", order: 2, load },
  // What the node calls it in alarms and deadlines.
  { id: "hand-over", title: "handover-title", group: "desk", roles, hidden: true, load },
];
