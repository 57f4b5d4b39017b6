import type { Screen } from "$lib/screens.ts";

const CALLS = ["auditor", "legal-adviser", "linguist", "principal", "releasing-officer", "watch-officer"];

export const screens: Screen[] = [{ id: "calls", title: "calls-title", group: "desk", roles: CALLS, key: "g v", order: 10, load: () => import("./Calls.svelte") }];
