import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  {
    id: "compose",
    title: "compose-title",
    group: "line",
    roles: ["watch-officer", "linguist", "releasing-officer", "principal", "administrator", "key-custodian"],
    key: "g w",
    order: 20,
    load: () => import("./Compose.svelte"),
  },
];
