import type { Screen } from "$lib/screens.ts";

const CONTACTS = ["auditor", "legal-adviser", "principal", "releasing-officer", "spokesperson", "watch-officer"];
const DECISIONS = ["auditor", "legal-adviser", "principal", "releasing-officer", "watch-officer"];

export const screens: Screen[] = [
  { id: "contacts", title: "contacts-title", group: "desk", roles: CONTACTS, key: "g n", order: 30, load: () => import("./Contacts.svelte") },
  { id: "decisions", title: "decisions-title", group: "desk", roles: DECISIONS, order: 31, load: () => import("./Decisions.svelte") },
];
