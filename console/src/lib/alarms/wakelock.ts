/** Keeps the screen on while the watch is held here; the browser gives the lock back whenever the page is hidden. */

export class ScreenLock {
  #wanted = false;
  #held: WakeLockSentinel | null = null;
  #asking = false;

  constructor() {
    document.addEventListener("visibilitychange", () => void this.#ask());
  }

  get held(): boolean {
    return this.#held !== null;
  }

  want(wanted: boolean): void {
    this.#wanted = wanted;
    if (wanted) void this.#ask();
    else void this.#held?.release().catch(() => {});
  }

  async #ask(): Promise<void> {
    if (!this.#wanted || this.#held !== null || this.#asking || document.visibilityState !== "visible") return;
    if (!("wakeLock" in navigator)) return;
    this.#asking = true;
    try {
      const lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => (this.#held = null));
      this.#held = lock;
      if (!this.#wanted) await lock.release();
    } catch {
      // Low battery or a policy: the floor PC's own settings decide, as its guide says.
    } finally {
      this.#asking = false;
    }
  }
}
