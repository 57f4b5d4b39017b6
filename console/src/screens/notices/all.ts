/** Pages of the grid read one after the other, as many as one screen holds. */
import { get } from "$lib/api.ts";
import type { Notice } from "./notices.ts";

const PAGE = 200;
/** Notices read at once; what is more is named, and found by batch or party. */
export const READ_MAX = 2_000;

export async function readAll(query: { batch?: string; party?: string; owed?: string; active?: string }): Promise<{ rows: Notice[]; more: boolean }> {
  const rows: Notice[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await get("notices", { query: { ...query, limit: String(PAGE), ...(after === undefined ? {} : { after }) } });
    rows.push(...page.rows);
    if (page.next === null) return { rows, more: false };
    if (rows.length >= READ_MAX) return { rows, more: true };
    after = page.next;
  }
}
