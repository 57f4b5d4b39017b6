import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const PALETTES = ["dusk", "day", "bright", "night"] as const;

function tokens(palette: string): Record<string, string> {
  const block = css.split(`[data-palette="${palette}"]`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6})/g)].map((one) => [one[1]!, one[2]!]));
}

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((from) => {
    const c = Number.parseInt(colour.slice(from, from + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const grounds = ["surface", "surface-raised", "surface-sunk", "surface-selected", "surface-header"];
const inks = ["ink", "ink-dim", "ink-bad", "ink-good", "accent"];
const pairs: [string, string][] = [
  ...grounds.flatMap((ground) => inks.map((ink): [string, string] => [ink, ground])),
  ...["accent", "alarm-flash", "alarm-alarm", "alarm-warning", "alarm-caution", "ok", "off", "info", "realm-exercise", "realm-real", "mark"].map(
    (ground): [string, string] => [`on-${ground}`, ground],
  ),
];

describe.each(PALETTES)("palette %s", (palette) => {
  const found = tokens(palette);
  it.each(pairs)("%s on %s can be read", (ink, ground) => {
    expect(contrast(found[ink]!, found[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(["surface", "surface-raised", "surface-header"])("focus and lines stand out on %s", (ground) => {
    expect(contrast(found["focus"]!, found[ground]!)).toBeGreaterThanOrEqual(3);
  });
});
