import { expect, it } from "vitest";
import { aboutOf } from "./about.ts";

it.each([
  ["CASE-2023-000001", "CASE-2023-000001"],
  ["CT-2023-000008", "CT-2023-000008"],
  ["in:4", ""],
  ["", ""],
  ["cjcs-cgs", ""],
])("on the screen of %j a line is about %j", (name, about) => expect(aboutOf({ screen: "x", name })).toBe(about));
