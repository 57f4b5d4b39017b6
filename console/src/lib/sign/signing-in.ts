/** Signing in: the node's challenge, answered with a signature over a statement that is reckoned here. */
import { ask } from "../api.ts";
import type { Session } from "../session.svelte.ts";
import { fromHex, toHex } from "./bytes.ts";
import { Fault } from "./fault.ts";
import { signWithKey } from "./keys.svelte.ts";
import { assertPasskey } from "./passkey.ts";
import { problemOf } from "./problems.ts";
import { type Realm, signInStatement } from "./record.ts";

export type Method = "file-key" | "passkey" | "certificate";

/** What the node says to whoever reaches it. */
export interface About {
  party: string;
  realm: Realm;
  demonstration: boolean;
  languages: string[];
  origin: string;
  passkeys: boolean;
  certificate: boolean;
  now: string;
  version: string;
  software: string;
  idle_s: number;
  officers: { officer: string; roles: string[] }[];
}

interface Begun {
  nonce: string;
  statement: string;
  keys: { kind: number; key_id: string; credential_id?: string }[];
}

export interface Wish {
  officer: string;
  method: Method;
  /** Name of this workstation, for the other officers of the floor. */
  post: string;
  /** Opens a locked session again, under a new token. */
  unlock: boolean;
}

export function readAbout(): Promise<About> {
  return ask<About>("GET", "/sign-in/about");
}

/** Sign in, or open a locked session; a key file must be open by now. Throws a problem. */
export async function signIn(about: About, wish: Wish): Promise<Session> {
  const { officer, method, post } = wish;
  try {
    // A page that is not the node's own would have its officer sign for another place.
    if (about.origin !== location.origin) throw new Fault("SIGN-IN-ORIGIN", { expected: about.origin, got: location.origin });
    const begun = await ask<Begun>("POST", "/sign-in/begin", { officer, method });
    const nonce = fromHex(begun.nonce);
    if (nonce === null || nonce.length === 0) throw new Fault("SIGN-MISMATCH", { part: "nonce" });
    const statement = signInStatement(about.realm, location.origin, officer, nonce);
    if (toHex(statement) !== begun.statement) throw new Fault("SIGN-MISMATCH", { part: "statement" });
    const path = wish.unlock ? "/sign-in/unlock" : "/sign-in/finish";
    const answer =
      method === "file-key"
        ? await signWithKey(statement, officer)
        : method === "passkey"
          ? await assertPasskey(statement, begun.keys.filter((one) => one.kind === 2))
          : {};
    return await ask<Session>("POST", path, { officer, method, nonce: begun.nonce, ...answer, ...(post ? { post } : {}) });
  } catch (error) {
    throw problemOf(error);
  }
}
