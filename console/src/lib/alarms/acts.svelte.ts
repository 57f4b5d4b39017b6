/** What an officer does with alarms: accept, pass on, shelve. Signed acts that stay at home; none of them is a receipt. */
import { act, actAll, isCancelled } from "../act.svelte.ts";
import { has, session } from "../session.svelte.ts";
import { alarms } from "./alarms.svelte.ts";
import type { Item } from "./machine.ts";
import { t } from "../i18n.svelte.ts";

/** Acts that the node takes under one signature dialog. */
const TOGETHER = 4;
/** Roles that may accept or be passed an alarm, and those that may shelve one; the node decides, this only hides. */
export const ACCEPTERS = ["watch-officer", "releasing-officer", "principal", "administrator"] as const;
const SHELVERS = ["watch-officer", "releasing-officer", "principal"] as const;

const open = (): boolean => session.current !== null && !session.current.locked;
export const mayAccept = (): boolean => open() && has(...ACCEPTERS);
export const mayShelve = (): boolean => open() && has(...SHELVERS);

/** One row of buttons' doings: whether something is on its way, how far, and what went wrong. */
export class AlarmActs {
  busy = $state(false);
  done = $state(0);
  total = $state(0);
  problem: unknown = $state.raw();

  /** Accept alarms: this console's own here, the node's by a signed act each. */
  async accept(items: readonly Item[]): Promise<boolean> {
    for (const one of items) if (one.local) alarms.acceptLocal(one.id);
    const ids = items.filter((one) => !one.local).map((one) => one.id);
    return this.#run(ids.length, async () => {
      for (let from = 0; from < ids.length; from += TOGETHER) {
        const steps = ids.slice(from, from + TOGETHER).map((alarm) => ({ kind: "alarm-accepted", args: { alarm } }));
        await actAll(steps, { confirm: "none", title: t("alarms-accept-title", { count: ids.length }) });
        this.done = Math.min(ids.length, from + TOGETHER);
      }
    });
  }

  /** Pass an alarm on to an officer or a role; it rings on until one of them accepts it. */
  pass(item: Item, to: string, reason: string): Promise<boolean> {
    return this.#run(1, () => act("alarm-passed", { alarm: item.id, to, reason }));
  }

  /** Ask for the shelf, for so many minutes; a second officer has to sign. */
  askShelf(item: Item, minutes: number, reason: string): Promise<boolean> {
    return this.#run(1, () => act("alarm-shelved", { alarm: item.id, step: "ask", minutes, reason }));
  }

  /** Sign as the second officer: from now on it does not ring until its end. */
  signShelf(item: Item): Promise<boolean> {
    return this.#run(1, () => act("alarm-shelved", { alarm: item.id, step: "shelve" }));
  }

  /** Take an alarm from the shelf: it rings again. */
  endShelf(item: Item): Promise<boolean> {
    return this.#run(1, () => act("alarm-shelved", { alarm: item.id, step: "end" }));
  }

  async #run(total: number, doing: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.problem = undefined;
    this.done = 0;
    this.total = total;
    try {
      await doing();
      return true;
    } catch (error) {
      if (!isCancelled(error)) this.problem = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
