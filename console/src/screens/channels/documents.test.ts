import { describe, expect, it } from "vitest";
import { documentOf, emptyForm, formOf, shapeOf, wholeDays, type Channel } from "./documents.ts";

const KNOWN = {
  channel: "eucom-ndmc", name: "A line", medium: "TELEPHONE", level: "STAFF", languages: ["ru", "en"], declared: [], observed: null, observed_since: null, apart: false,
  within_hours: true, last_contact: null, holders: [], purpose: "to prevent miscalculation", exclusions: ["negotiation"], may_open: [], approves: [],
  hours: [{ days: [1, 2], from: "09:00", until: "17:00" }], time_zone: "Europe/Berlin",
  ends: [{
    side: "OURS", party: "EUCOM", post: "duty desk", numbers: [],
    holders: [{ name: "A B", own_name: "", title: "General", from: "2022-07-01T00:00:00Z", until: null, source: "press" }],
    places: [{ text: "Stuttgart", source: "reports", from: "2022-03-01T00:00:00Z", until: "2022-03-31T23:59:59Z" }],
  }],
  address_sheets: [], establishment: [{ text: "set up", source: "one account", from: "2022-03-01T00:00:00Z", until: "2022-03-01T00:00:00Z" }], facts: [],
  cost: "", signal_value: "low", line: null, states: [], versions: [],
} as unknown as Channel;

describe("a channel's form", () => {
  it("gives back what stood in the book, and says nothing of what was left empty", () => {
    expect(documentOf(formOf(KNOWN))).toEqual({
      channel: "eucom-ndmc", name: "A line", medium: "TELEPHONE", level: "STAFF", purpose: "to prevent miscalculation", languages: ["ru", "en"], exclusions: ["negotiation"],
      hours: [{ days: [1, 2], from: "09:00", until: "17:00" }], time_zone: "Europe/Berlin", signal_value: "low",
      establishment: [{ text: "set up", source: "one account", when: "2022-03-01T00:00:00Z" }],
      ends: [{
        side: "OURS", party: "EUCOM", post: "duty desk",
        holders: [{ name: "A B", title: "General", from: "2022-07-01T00:00:00Z", source: "press" }],
        places: [{ text: "Stuttgart", source: "reports", from: "2022-03-01T00:00:00Z", until: "2022-03-31T23:59:59Z" }],
      }],
    });
  });
  it("begins with both ends, ours named", () => expect(emptyForm("EUCOM", "UTC").ends.map((one) => [one.side, one.party])).toEqual([["OURS", "EUCOM"], ["THEIRS", ""]]));
  it("tells whole days as days, and hours as hours", () => {
    expect(wholeDays("2022-03-01T00:00:00.000Z", "2022-03-31T23:59:59.999Z")).toBe("2022-03-01 – 2022-03-31");
    expect(wholeDays("2022-03-01T00:00:00Z", "2022-03-01T23:59:59.999Z")).toBe("2022-03-01");
    expect(wholeDays("2022-03-01T09:00:00Z", "2022-03-01T23:59:59Z")).toBeUndefined();
  });
  it("has a shape for what it never heard of", () => expect([shapeOf("CUT"), shapeOf("NEW-STATE"), shapeOf(null)]).toEqual(["critical", "off", "off"]));
});
