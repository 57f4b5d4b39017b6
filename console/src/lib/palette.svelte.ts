/** The palette of this floor PC: bright (sunlit room), day, dusk (the usual dark floor), night (amber, for adapted eyes). */

export const PALETTES = ["bright", "day", "dusk", "night"] as const;
export type Palette = (typeof PALETTES)[number];
const KEPT_AS = "armslength-palette";
const state = $state<{ palette: Palette }>({ palette: "dusk" });

export function palette(): Palette {
  return state.palette;
}

export function setPalette(chosen: Palette): void {
  state.palette = chosen;
  document.documentElement.dataset["palette"] = chosen;
  try {
    localStorage.setItem(KEPT_AS, chosen);
  } catch {
    // A profile that keeps nothing is no reason to show nothing.
  }
}

export function startPalette(): void {
  const asked = new URLSearchParams(location.search).get("palette");
  let kept: string | null = null;
  try {
    kept = localStorage.getItem(KEPT_AS);
  } catch {
    // As above.
  }
  setPalette(PALETTES.find((one) => one === asked) ?? PALETTES.find((one) => one === kept) ?? "dusk");
}
