// Marks of the map, drawn in code: one plain shape a category, never one party's frame of friend and foe.
import type { Colours } from "./colours.ts";
import { countText } from "./grid.ts";
import { FADES } from "./times.ts";

export type Category =
  | "nuclear" | "dam" | "power" | "grid" | "industry" | "fuel" | "water" | "hospital" | "port" | "settlement" | "territory" | "other";

export const CATEGORIES: readonly Category[] = [
  "nuclear", "dam", "power", "grid", "industry", "fuel", "water", "hospital", "port", "settlement", "territory", "other",
];

const OF_KIND: Record<string, Category> = {
  "NUCLEAR-POWER-PLANT": "nuclear",
  "NUCLEAR-INSTALLATION": "nuclear",
  DAM: "dam",
  DYKE: "dam",
  "HYDRO-POWER-PLANT": "dam",
  "PUMPED-STORAGE-PLANT": "dam",
  "THERMAL-POWER-PLANT": "power",
  "WIND-POWER-PLANT": "power",
  "SOLAR-POWER-PLANT": "power",
  "POWER-PLANT": "power",
  SUBSTATION: "grid",
  "POWER-LINE": "grid",
  REFINERY: "industry",
  "CHEMICAL-PLANT": "industry",
  PIPELINE: "fuel",
  "FUEL-STORE": "fuel",
  "PUMPING-STATION": "water",
  "WATER-WORKS": "water",
  RESERVOIR: "water",
  HOSPITAL: "hospital",
  PORT: "port",
  SETTLEMENT: "settlement",
  "BORDER-STRIP": "territory",
  TERRITORY: "territory",
};

export const categoryOf = (kind: string): Category => OF_KIND[kind] ?? "other";

/** Works and installations containing dangerous forces: "namely dams, dykes and nuclear electrical generating stations"
 * (AP I, article 56); a hydro plant stands in its dam. */
const DANGEROUS_FORCES = new Set(["NUCLEAR-POWER-PLANT", "DAM", "DYKE", "HYDRO-POWER-PLANT"]);

export const holdsDangerousForces = (kind: string) => DANGEROUS_FORCES.has(kind);

/** Which mark wins where several lie together: the first category of the list. */
export const leading = (categories: Iterable<Category>): Category => {
  let best = CATEGORIES.length - 1;
  for (const one of categories) best = Math.min(best, CATEGORIES.indexOf(one));
  return CATEGORIES[best] ?? "other";
};

/** Shapes in a box of 24, filled with the even-odd rule. */
export const SHAPES: Record<Category, string> = {
  nuclear: "M12 9.6a2.4 2.4 0 1 0 .01 0zM8.3 5.6a7.4 7.4 0 0 1 7.4 0l-2 3.4a3.4 3.4 0 0 0-3.4 0zM19.4 12a7.4 7.4 0 0 1-3.7 6.4l-2-3.4a3.4 3.4 0 0 0 1.7-3zM8.3 18.4A7.4 7.4 0 0 1 4.6 12h4a3.4 3.4 0 0 0 1.7 3z",
  dam: "M5 5h4l4 9H5zM4 16c2-1.6 4-1.6 6 0s4 1.6 6 0 3-1.2 4-.8v2.2c-1.4-.5-2.6-.2-4 .8-2 1.4-4 1.4-6 0s-4-1.4-6 0z",
  power: "M13.5 3 6 13.5h4.7L9.5 21 18 10h-5z",
  grid: "M11 3h2l1 4h4v2h-3.5l.6 3H19v2h-3.5L17 21h-2.1L12 15.5 9.1 21H7l1.5-7H5v-2h3.9l.6-3H6V7h4z",
  industry: "M4 20V9l5 3.5V9l5 3.5V4h3l1 8v8z",
  fuel: "M12 3c3 4.2 5.5 7 5.5 11a5.5 5.5 0 0 1-11 0C6.5 10 9 7.2 12 3z",
  water: "M3 8c3-2.4 6-2.4 9 0s6 2.4 9 0v3c-3 2.4-6 2.4-9 0s-6-2.4-9 0zM3 14c3-2.4 6-2.4 9 0s6 2.4 9 0v3c-3 2.4-6 2.4-9 0s-6-2.4-9 0z",
  hospital: "M6 4h3.5v6.2h5V4H18v16h-3.5v-6.6h-5V20H6z",
  port: "M12 3a2.6 2.6 0 0 1 1.2 4.9V10H16v2h-2.8v6.3c2.2-.4 3.8-1.8 4.3-3.8h2.2c-.7 3.9-3.8 6-7.7 6s-7-2.1-7.7-6h2.2c.5 2 2.1 3.4 4.3 3.8V12H8v-2h2.8V7.9A2.6 2.6 0 0 1 12 3z",
  settlement: "M12 4 4 11h2v9h5v-5h2v5h5v-9h2z",
  territory: "M4 4h7v3H7v4H4zM13 4h7v7h-3V7h-4zM4 13h3v4h4v3H4zM17 13h3v7h-7v-3h4z",
  other: "M12 4l8 8-8 8-8-8z",
};

export type Sprite = HTMLCanvasElement;

/** Sprites kept: as many marks, numbers and labels as some screens hold. */
const KEPT_MAX = 4000;

export const REPORT_KINDS = ["EVENT", "WARNING", "FEARED-ACT", "DENIAL"] as const;

/** Draws each mark once for a palette and a size and hands out pictures. */
export class Symbols {
  private readonly kept = new Map<string, Sprite>();
  private readonly colours: Colours;
  readonly unit: number;

  constructor(colours: Colours, unit: number) {
    this.colours = colours;
    this.unit = unit;
  }

  private sprite(key: string, width: number, height: number, draw: (ctx: CanvasRenderingContext2D) => void): Sprite {
    const held = this.kept.get(key);
    if (held) return held;
    if (this.kept.size >= KEPT_MAX) this.kept.clear();
    const made = document.createElement("canvas");
    made.width = Math.ceil(width * this.unit);
    made.height = Math.ceil(height * this.unit);
    const ctx = made.getContext("2d");
    if (ctx) {
      ctx.scale(this.unit, this.unit);
      draw(ctx);
    }
    this.kept.set(key, made);
    return made;
  }

  /** A facility's mark; three orange circles on one axis below it where the works contain dangerous forces. */
  facility(category: Category, sign: boolean): Sprite {
    return this.sprite(`f ${category} ${sign}`, 26, 33, (ctx) => {
      this.plate(ctx, 1, 1, 24, 24);
      glyph(ctx, category, 1, 1, this.colours.ink);
      if (sign) this.circles(ctx, 13, 29);
    });
  }

  cluster(category: Category, count: number, sign: boolean): Sprite {
    const text = countText(count);
    return this.sprite(`c ${category} ${text} ${sign}`, 40, 36, (ctx) => {
      const c = this.colours;
      ctx.fillStyle = c.plate;
      ctx.strokeStyle = c.ink;
      ctx.lineWidth = 1.2;
      ctx.setLineDash([3, 2]);
      ctx.beginPath();
      ctx.roundRect(1, 1, 38, 26, 6);
      ctx.fill();
      ctx.stroke();
      ctx.setLineDash([]);
      ctx.save();
      ctx.translate(2, 6.5);
      ctx.scale(0.66, 0.66);
      glyph(ctx, category, 0, 0, c.dim);
      ctx.restore();
      ctx.fillStyle = c.ink;
      ctx.font = `600 11px ${c.mono}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(text, 27.5, 14.5);
      if (sign) this.circles(ctx, 20, 32);
    });
  }

  /** What is reported: its kind is told by the shape, its age by how pale it is. */
  report(kind: string, step: number, count: number): Sprite {
    const text = count > 1 ? countText(count) : "";
    return this.sprite(`r ${kind} ${step} ${text}`, text ? 30 : 18, text ? 30 : 18, (ctx) => {
      const c = this.colours;
      const middle = text ? 15 : 9;
      const r = text ? 13 : 6.5;
      ctx.globalAlpha = FADES[step] ?? 1;
      ctx.lineWidth = 1.8;
      ctx.strokeStyle = c.info;
      ctx.fillStyle = c.info;
      ctx.beginPath();
      if (kind === "WARNING" || kind === "FEARED-ACT") {
        ctx.moveTo(middle, middle - r);
        ctx.lineTo(middle + r, middle + r * 0.8);
        ctx.lineTo(middle - r, middle + r * 0.8);
        ctx.closePath();
      } else ctx.arc(middle, middle, r, 0, 2 * Math.PI);
      if (text) {
        ctx.fillStyle = c.plate;
        ctx.fill();
        ctx.stroke();
        ctx.fillStyle = c.ink;
        ctx.font = `10px ${c.mono}`;
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillText(text, middle, middle + 0.5);
        return;
      }
      if (kind === "EVENT" || kind === "WARNING") ctx.fill();
      ctx.stroke();
      if (kind === "DENIAL") {
        ctx.beginPath();
        ctx.moveTo(middle - r * 0.7, middle + r * 0.7);
        ctx.lineTo(middle + r * 0.7, middle - r * 0.7);
        ctx.stroke();
      }
    });
  }

  /** A concern: a lozenge around its facility. */
  concern(open: boolean): Sprite {
    return this.sprite(`k ${open}`, 46, 46, (ctx) => {
      ctx.strokeStyle = open ? this.colours.warning : this.colours.dim;
      ctx.lineWidth = 3;
      if (!open) ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(23, 2);
      ctx.lineTo(44, 23);
      ctx.lineTo(23, 44);
      ctx.lineTo(2, 23);
      ctx.closePath();
      ctx.stroke();
    });
  }

  place(which: number): Sprite {
    return this.sprite(`p ${which}`, 26, 26, (ctx) => {
      const c = this.colours;
      ctx.strokeStyle = which === 0 ? c.accent : c.warning;
      ctx.lineWidth = 2.5;
      ctx.beginPath();
      ctx.arc(13, 13, 7, 0, 2 * Math.PI);
      if (which > 0) ctx.rect(4, 4, 18, 18);
      ctx.moveTo(13, 1);
      ctx.lineTo(13, 9);
      ctx.moveTo(13, 17);
      ctx.lineTo(13, 25);
      ctx.moveTo(1, 13);
      ctx.lineTo(9, 13);
      ctx.moveTo(17, 13);
      ctx.lineTo(25, 13);
      ctx.stroke();
    });
  }

  selection(): Sprite {
    return this.sprite("s", 56, 56, (ctx) => {
      ctx.strokeStyle = this.colours.focus;
      ctx.lineWidth = 3;
      ctx.beginPath();
      for (const [x, y] of [[1, 1], [-1, 1], [-1, -1], [1, -1]] as const) {
        ctx.moveTo(28 + x * 24, 28 + y * 12);
        ctx.lineTo(28 + x * 24, 28 + y * 24);
        ctx.lineTo(28 + x * 12, 28 + y * 24);
      }
      ctx.stroke();
    });
  }

  label(text: string, strong = false): Sprite {
    const key = `t ${strong} ${text}`;
    const held = this.kept.get(key);
    if (held) return held;
    const size = strong ? 13 : 12;
    const font = `${strong ? "600 " : ""}${size}px ${this.colours.font}`;
    const width = widthOf(text, font) + 8;
    return this.sprite(key, width, size + 8, (ctx) => {
      ctx.font = font;
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.5;
      ctx.strokeStyle = this.colours.plate;
      ctx.fillStyle = this.colours.ink;
      ctx.strokeText(text, 4, (size + 8) / 2);
      ctx.fillText(text, 4, (size + 8) / 2);
    });
  }

  private plate(ctx: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
    ctx.fillStyle = this.colours.plate;
    ctx.strokeStyle = this.colours.ink;
    ctx.lineWidth = 1.4;
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, 4);
    ctx.fill();
    ctx.stroke();
  }

  /** Three circles of one size on one axis, a radius apart (annex I, article 17, figure 5). */
  private circles(ctx: CanvasRenderingContext2D, x: number, y: number): void {
    const r = 2.8;
    ctx.fillStyle = this.colours.sign;
    ctx.strokeStyle = this.colours.ink;
    ctx.lineWidth = 0.6;
    for (const i of [-1, 0, 1]) {
      ctx.beginPath();
      ctx.arc(x + i * 3 * r, y, r, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    }
  }
}

let ruler: CanvasRenderingContext2D | null = null;

function widthOf(text: string, font: string): number {
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * 8;
  ruler.font = font;
  return ruler.measureText(text).width;
}

function glyph(ctx: CanvasRenderingContext2D, category: Category, x: number, y: number, colour: string): void {
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = colour;
  ctx.fill(new Path2D(SHAPES[category]), "evenodd");
  ctx.restore();
}
