/** One thing after another done by an officer on a screen: what is on its way, and the refusal of the last. */
import { isCancelled } from "../act.svelte.ts";
import { ApiProblem } from "../api.ts";

export class Doing {
  /** Name of what is on its way; empty when nothing is. */
  busy = $state("");
  problem = $state.raw<unknown>(undefined);

  /** Do one thing; a second press meanwhile does nothing. Resolves to whether it was done; closing unsigned is no fault. */
  async run(name: string, what: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = name;
    this.problem = undefined;
    try {
      await what();
      return true;
    } catch (error) {
      if (!isCancelled(error)) this.problem = error;
      return false;
    } finally {
      this.busy = "";
    }
  }

  /** What the node says of one field of a form, to stand beside it. */
  of(field: string): string | undefined {
    return faultOf(this.problem, field);
  }
}

/** Return what a refusal says of a field that it names, undefined when it names another or none. */
export function faultOf(problem: unknown, field: string): string | undefined {
  if (!(problem instanceof ApiProblem)) return undefined;
  const inner = (problem.details["details"] ?? problem.details) as Record<string, unknown>;
  const named = String(inner["field"] ?? inner["part"] ?? "");
  if (named !== field && named !== field.replaceAll("_", " ")) return undefined;
  return inner["expected"] === undefined ? problem.sentence : `${problem.sentence} (${String(inner["expected"])})`;
}
