import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  {
    id: "alarms",
    title: "alarms-title",
    group: "watch",
    roles: ["watch-officer", "releasing-officer", "principal", "auditor", "administrator"],
    key: "g a",
    order: 10,
    load: () => import("./AlarmList.svelte"),
  },
];
