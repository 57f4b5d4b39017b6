/**
 * What was typed and not yet submitted. It outlives a look at another screen; in an exercise also a reload. Of the REAL
 * realm nothing is written to the browser's storage, and nothing of it outlives the officer's session.
 */
import type { TypedForm } from "./values.ts";

export interface Kept {
  form: TypedForm;
  precedence: string;
  line: string;
}

const PREFIX = "armslength-compose ";
const memory = new Map<string, Kept>();

export function nameOf(officer: string, form: string, about: string): string {
  return `${officer} ${form} ${about}`;
}

export function keep(name: string, value: Kept, stored: boolean): void {
  memory.set(name, value);
  if (!stored) return;
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // A profile that keeps nothing still has the memory of this tab.
  }
}

export function kept(name: string, stored: boolean): Kept | undefined {
  const found = memory.get(name);
  if (found || !stored) return found;
  try {
    const text = sessionStorage.getItem(PREFIX + name);
    return text ? (JSON.parse(text) as Kept) : undefined;
  } catch {
    return undefined;
  }
}

export function forget(name: string): void {
  memory.delete(name);
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // As above.
  }
}
