/** Files that leave the console by the officer's own hand: saved by the browser, sent to nobody. */
import { get } from "../api.ts";

/** Save bytes or text under a name. */
export function save(name: string, type: string, content: string | Uint8Array<ArrayBuffer>): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has read it by then; an address kept for ever would hold the bytes.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

export const saveJson = (name: string, value: unknown): void => save(name, "application/json", `${JSON.stringify(value, null, 2)}\n`);

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

/** Have the node set a sheet in type, and save the PDF. `query` holds what the kind asks for. */
export async function saveSheet(kind: string, of: string, query: Record<string, string | undefined> = {}): Promise<void> {
  const asked = { ...(of ? { of } : {}), ...query };
  const sheet = await get("sheets", { path: { kind }, query: asked as never });
  save(`${kind}${of ? `-${of}` : ""}.pdf`.replaceAll(/[^\w.-]+/g, "-"), "application/pdf", fromBase64(sheet.pdf));
}

/** One CSV line; a cell that a spreadsheet would take for a formula is made text first. */
export function csvLine(cells: readonly unknown[]): string {
  return cells
    .map((cell) => {
      const text = cell === null || cell === undefined ? "" : Array.isArray(cell) ? cell.join("; ") : String(cell);
      const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(",");
}
