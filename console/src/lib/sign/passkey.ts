/**
 * Passkeys: the assertion over a statement *is* the signature of the act (docs/spec/attestation.md, kind 2).
 *
 * What the browser says when it refuses is turned into a code of ours, whose words are the officer's.
 */
import {
  type AuthenticationResponseJSON,
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";
import { type Bytes, fromBase64url, toBase64, toBase64url } from "./bytes.ts";
import { Fault } from "./fault.ts";

/** Evidence of kind 2 as the node takes it: base64 of what the authenticator and the browser made. */
export interface Assertion {
  authenticator_data: string;
  client_data: string;
  signature: string;
}

/** A key that may answer; `credential_id` is base64url, as WebAuthn has it. */
export interface Allowed {
  key_id: string;
  credential_id?: string;
}

/** As long as an officer may look for a key on a lanyard. */
const TIMEOUT_MS = 60_000;

export function supported(): boolean {
  return browserSupportsWebAuthn();
}

/** Ask one of the officer's passkeys to sign 32 bytes; returns its evidence and which key it was. */
export async function assertPasskey(
  challenge: Bytes,
  allowed: readonly Allowed[],
): Promise<{ assertion: Assertion; key_id: string }> {
  const known = allowed.filter((one) => one.credential_id !== undefined);
  let answer: AuthenticationResponseJSON;
  try {
    answer = await startAuthentication({
      optionsJSON: {
        challenge: toBase64url(challenge),
        rpId: location.hostname,
        timeout: TIMEOUT_MS,
        userVerification: "required",
        allowCredentials: known.map((one) => ({ id: one.credential_id as string, type: "public-key" })),
      },
    });
  } catch (error) {
    throw faultOf(error);
  }
  const used = known.find((one) => one.credential_id === answer.id) ?? (known.length === 0 ? allowed[0] : undefined);
  if (used === undefined) throw new Fault("PASSKEY-OTHER");
  const { authenticatorData, clientDataJSON, signature } = answer.response;
  return {
    key_id: used.key_id,
    assertion: {
      authenticator_data: plain(authenticatorData),
      client_data: plain(clientDataJSON),
      signature: plain(signature),
    },
  };
}

/** Make a passkey from the node's options; what is returned goes back to the node. */
export async function registerPasskey(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> {
  try {
    return await startRegistration({ optionsJSON: options });
  } catch (error) {
    throw faultOf(error);
  }
}

function plain(base64url: string): string {
  const bytes = fromBase64url(base64url);
  if (bytes === null) throw new Fault("PASSKEY-FAILED", { because: "base64url" });
  return toBase64(bytes);
}

/** Names of DOMException (WebAuthn level 3, 5.1) -> our codes; the library keeps the name in its own errors. */
const CODES: Readonly<Record<string, string>> = {
  NotAllowedError: "PASSKEY-NOT-ALLOWED",
  SecurityError: "PASSKEY-ORIGIN",
  InvalidStateError: "PASSKEY-KNOWN",
  NotSupportedError: "PASSKEY-UNSUPPORTED",
  ConstraintError: "PASSKEY-VERIFICATION",
  AbortError: "PASSKEY-NOT-ALLOWED",
};

function faultOf(error: unknown): Fault {
  if (!browserSupportsWebAuthn()) return new Fault("PASSKEY-UNSUPPORTED");
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  return new Fault(CODES[name] ?? "PASSKEY-FAILED", { because: message });
}
