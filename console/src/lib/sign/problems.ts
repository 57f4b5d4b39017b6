/** What goes wrong around signing, in the officer's language, in the shape of every other refusal. */
import { ApiProblem } from "../api.ts";
import { said } from "../i18n.svelte.ts";
import { CborError } from "./cbor.ts";
import { Fault } from "./fault.ts";

/** A refusal of this console itself: nothing was asked of the node, or what it answered does not hold. */
export class SignProblem extends ApiProblem {
  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    const sentence = said(`sign-problem-${code}`) ?? said("sign-problem") ?? code;
    super({ code, status: 0, sentence, next_step: said(`sign-next-${code}`) ?? "", details: { ...details } });
    this.name = "SignProblem";
  }
}

/** The officer closed the dialog: nothing was signed and nothing is left behind. */
export const CANCELLED = "SIGN-CANCELLED";

/** Tell whether an act ended because the officer closed the dialog. */
export function isCancelled(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === CANCELLED;
}

/** Return anything thrown as a problem that can be shown. */
export function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof Fault) return new SignProblem(error.code, error.details);
  if (error instanceof CborError) return new SignProblem("PREPARED-MALFORMED", { because: error.code });
  return new SignProblem("CONSOLE-FAULT", { because: String(error) });
}
