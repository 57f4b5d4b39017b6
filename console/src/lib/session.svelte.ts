/** Whose session this is. The node decides what it may; here it is only asked, so that nobody is shown what he may not do. */
import { OPERATIONS as OPERATION_ROLES } from "../generated/operations.ts";
import { ask, refused } from "./api.ts";

export interface SessionKey {
  kind: 1 | 2;
  key_id: string;
  credential_id?: string;
}

export interface Session {
  officer: string;
  name: string;
  roles: string[];
  party: string;
  realm: "REAL" | "EXERCISE";
  demonstration: boolean;
  method: string;
  signed_in_at: string;
  expires_at: string;
  idle_s: number;
  locked: boolean;
  keys: SessionKey[];
  languages: string[];
  time_zone: string;
  post?: string | null;
}

const state = $state<{ current: Session | null; known: boolean }>({ current: null, known: false });

export const session = {
  get current(): Session | null {
    return state.current;
  },
  /** Whether the node has been asked yet. */
  get known(): boolean {
    return state.known;
  },
  get zone(): string {
    return state.current?.time_zone ?? "UTC";
  },
};

export function setSession(found: Session | null): void {
  state.current = found;
  state.known = true;
}

/** Ask the node whose session the cookie is. */
export async function loadSession(): Promise<void> {
  try {
    setSession(await ask<Session>("GET", "/sign-in/session"));
  } catch (error) {
    if ((error as { status?: number }).status === 0) throw error;
    setSession(null);
  }
}

/** Tell whether the officer has one of some roles. */
export function has(...roles: string[]): boolean {
  return state.current?.roles.some((one) => roles.includes(one)) ?? false;
}

/** Tell whether the officer may ask for an operation (`can("prepare-release")`). */
export function can(operation: keyof typeof OPERATION_ROLES): boolean {
  return has(...OPERATION_ROLES[operation][2]);
}

export async function signOut(): Promise<void> {
  try {
    await ask("POST", "/sign-in/out", {});
  } finally {
    setSession(null);
  }
}

/** Lock this console: alarms stay visible and audible, STOP stays possible, everything else is hidden. */
export async function lock(): Promise<void> {
  if (state.current === null || state.current.locked) return;
  state.current = { ...state.current, locked: true };
  await ask("POST", "/sign-in/lock", {});
}

refused.signedOut = () => setSession(null);
refused.locked = () => {
  if (state.current) state.current = { ...state.current, locked: true };
};
