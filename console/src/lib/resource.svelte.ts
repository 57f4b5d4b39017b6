/** Something read from the node that stays true: read again when the node says that its topics changed. */
import { untrack } from "svelte";
import { ApiProblem } from "./api.ts";
import { live } from "./live.svelte.ts";

export interface Resource<T> {
  readonly value: T | undefined;
  readonly problem: ApiProblem | undefined;
  readonly loading: boolean;
  /** When it was last read, in the node's time (ms). */
  readonly at: number | undefined;
  refresh: () => Promise<void>;
}

/**
 * Read with `load`, again when anything reactive that it uses changes, and again when one of `topics` does. Call it
 * while a component is made. The last value stays while a new one is on its way, and when one could not be had.
 */
export function resource<T>(load: () => Promise<T>, options: { topics?: readonly string[] } = {}): Resource<T> {
  const state = $state<{ value: T | undefined; problem: ApiProblem | undefined; loading: boolean; at: number | undefined }>({
    value: undefined,
    problem: undefined,
    loading: true,
    at: undefined,
  });
  let turn = 0;
  let again = false;
  let running = false;

  async function take(promise: Promise<T>): Promise<void> {
    const mine = ++turn;
    running = true;
    state.loading = true;
    try {
      const value = await promise;
      if (mine !== turn) return;
      state.value = value;
      state.problem = undefined;
      state.at = live.now();
    } catch (error) {
      if (mine !== turn) return;
      if (!(error instanceof ApiProblem)) throw error;
      state.problem = error;
    } finally {
      if (mine === turn) {
        state.loading = false;
        running = false;
        if (again) {
          again = false;
          void take(load());
        }
      }
    }
  }

  $effect(() => {
    const promise = load();
    untrack(() => void take(promise));
  });
  $effect(() => {
    if (!options.topics?.length) return undefined;
    // A burst of events is one reading: while one is on its way, the next waits for it.
    return live.on(options.topics, () => {
      if (running) again = true;
      else void take(load());
    });
  });
  return {
    get value() {
      return state.value;
    },
    get problem() {
      return state.problem;
    },
    get loading() {
      return state.loading;
    },
    get at() {
      return state.at;
    },
    refresh: () => take(load()),
  };
}
