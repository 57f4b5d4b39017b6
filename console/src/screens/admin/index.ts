import type { Screen } from "$lib/screens.ts";

export const screens: Screen[] = [
  { id: "admin", title: "admin-title", group: "house", roles: [], key: "g x", order: 90, load: () => import("./Admin.svelte") },
];
