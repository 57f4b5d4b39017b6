// The colours of the map are those of the page: read from its properties, and read again when the palette changes.

export interface Colours {
  palette: string;
  land: string;
  water: string;
  coast: string;
  grid: string;
  ink: string;
  dim: string;
  plate: string;
  accent: string;
  alarm: string;
  warning: string;
  info: string;
  focus: string;
  good: string;
  /** Bright orange of the sign of works containing dangerous forces (AP I, annex I, article 17): one in every palette. */
  sign: string;
  font: string;
  mono: string;
}

const SIGN_ORANGE = "#ff7900";

export function readColours(element: Element): Colours {
  const style = getComputedStyle(element);
  const of = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return {
    palette: document.documentElement.dataset["palette"] ?? "",
    land: of("--map-land", "Canvas"),
    water: of("--map-water", "Canvas"),
    coast: of("--map-coast", "GrayText"),
    grid: of("--map-grid", "GrayText"),
    ink: of("--ink", "CanvasText"),
    dim: of("--ink-dim", "CanvasText"),
    plate: of("--surface-raised", "Canvas"),
    accent: of("--accent", "LinkText"),
    alarm: of("--alarm-alarm", "CanvasText"),
    warning: of("--alarm-warning", "CanvasText"),
    info: of("--info", "CanvasText"),
    focus: of("--focus", "Highlight"),
    good: of("--ok", "CanvasText"),
    sign: of("--map-sign", SIGN_ORANGE),
    font: of("--font", "sans-serif"),
    mono: of("--mono", "monospace"),
  };
}

/** Calls back when the palette of the page changes; the returned function ends that. */
export function onPalette(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-palette", "class", "lang"] });
  return () => observer.disconnect();
}
