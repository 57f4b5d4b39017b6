import type { Screen } from "$lib/screens.ts";

const everybody = ["administrator", "auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"];
const load = () => import("./Register.svelte");

export const screens: Screen[] = [
  { id: "register", title: "register-title", group: "watch", roles: everybody, key: "g e", order: 30, load },
  // The map opens a report, and alarms of feeds open them, by these names.
  { id: "reports", title: "register-reports", group: "watch", roles: ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"], hidden: true, load },
  { id: "feeds", title: "register-feeds", group: "watch", roles: ["administrator", "auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"], hidden: true, load },
];
