/**
 * Keys: one letter or two (`g m`) anywhere but in a field, function keys everywhere. What is registered is what the
 * help shows; a key serves whoever registered it last, and comes back to the one before when that is gone.
 */
import { onDestroy, untrack } from "svelte";

export interface Binding {
  combo: string;
  label: string;
  run: () => void;
}

const state = $state<{ bindings: readonly Binding[]; first: string }>({ bindings: [], first: "" });
let forget: ReturnType<typeof setTimeout> | undefined;

export function bindings(): readonly Binding[] {
  return state.bindings;
}

/** Register a key; the returned function takes it back. */
export function bind(combo: string, label: string, run: () => void): () => void {
  const binding = { combo, label, run };
  // Whoever registers in an effect must not be called again by his own registration.
  untrack(() => (state.bindings = [...state.bindings, binding]));
  return () => untrack(() => (state.bindings = state.bindings.filter((one) => one.run !== run || one.combo !== combo)));
}

/** Register a key for as long as the calling component lives; `label` is the id of a message. */
export function key(combo: string, label: string, run: () => void): void {
  onDestroy(bind(combo, label, run));
}

function inField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function find(combo: string): Binding | undefined {
  return state.bindings.findLast((one) => one.combo === combo);
}

export function listen(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const named = /^F\d+$/.test(event.key);
    if (!named && (event.ctrlKey || event.altKey || event.metaKey)) return;
    // A dialog is a room of its own: only function keys (STOP, log) leave it.
    if (!named && (inField(event.target) || document.querySelector("dialog[open]"))) return;
    const typed = latin(event);
    const binding = find(state.first ? `${state.first} ${typed}` : typed) ?? find(typed);
    if (binding) {
      event.preventDefault();
      state.first = "";
      binding.run();
      return;
    }
    clearTimeout(forget);
    state.first = state.bindings.some((one) => one.combo.startsWith(`${typed} `)) ? typed : "";
    forget = setTimeout(() => (state.first = ""), 1500);
  });
}

/** A Cyrillic layout has the same keys in the same places: the key counts, not the letter printed on it. */
function latin(event: KeyboardEvent): string {
  if (/^Key[A-Z]$/.test(event.code) && !/^[a-z]$/i.test(event.key)) return event.code.slice(3).toLowerCase();
  if (event.code === "Slash" && /^[.,]$/.test(event.key)) return event.shiftKey ? "?" : "/";
  return event.key;
}
