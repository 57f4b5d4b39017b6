import { expect, test } from "vitest";
import { DAY_MS, daysOf, during, FADES, fade } from "./times.ts";

const START = Date.UTC(2022, 7, 23);
const told = (from: number, until = from) => ({ from: START + from * DAY_MS, until: START + until * DAY_MS });

test("the slider has the days of what is told, the first and the last among them", () => {
  expect(daysOf([told(2.5), told(0.1), told(4.999)], START + 9 * DAY_MS)).toEqual({ first: START, count: 5 });
  expect(daysOf([], START + 0.5 * DAY_MS)).toEqual({ first: START, count: 1 });
});

test("what is announced for a day to come does not stretch the slider beyond now", () => {
  expect(daysOf([told(0, 400)], START + 2 * DAY_MS).count).toBe(3);
});

test("a day shows what began, went on or ended in it", () => {
  const all = [told(0.5), told(1), told(0.9, 1.1), told(0.1, 5), told(2)];
  expect([...during(all, START + DAY_MS, START + 2 * DAY_MS)]).toEqual([0, 1, 1, 1, 0]);
});

test("reports fade with age and never to nothing", () => {
  const at = START + 10 * DAY_MS;
  expect([told(10), told(7.9), told(5.9), told(0), told(-90), told(12)].map((one) => fade(one, at, 10 * DAY_MS))).toEqual([0, 1, 2, 4, 4, 0]);
  expect(Math.min(...FADES)).toBeGreaterThan(0.3);
});
