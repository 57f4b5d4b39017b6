import { describe, expect, it } from "vitest";
import { csvOf, fileName, week, type Report } from "./report.ts";

const receipt = { level: "R1", index: 9, officer: "ndmc-watch-1", role: "watch-officer", entered_at: "2022-11-20T10:05:00Z", stated_at: null, after_s: 300, stated_after_s: 299, due_at: "2022-11-20T10:03:00Z", late: true };
const REPORT: Report = {
  form: "armslength/audit-report/1",
  party: "EUCOM",
  realm: "EXERCISE",
  from: "2022-11-20T00:00:00Z",
  to: null,
  checkpoint: { origin: "armslength/EUCOM", size: 90, root: "ab", last_at: "2022-11-20T12:00:00Z" },
  destroyed: 0,
  entries: 90,
  counts: [{ kind: "alarm", count: 2, means: "x" }],
  sections: [{ section: "overrides", title: "Overrides", count: 1, by_what: [], rows: [{ index: 4, at: "2022-11-20T09:00:00Z", what: "STOP-ALONE", officer: "=cmd()", role: "watch-officer", sentence: 'said "stop", alone' }] }],
  alarms: { accepted: 0, unaccepted: 2, median_s: null, worst_s: null },
  times: [],
  messages: [{ index: 5, direction: "out", number: 1, form: "CONCERN", peer: "NDMC", precedence: "FLASH", officer: "", released_at: "", entered_at: "2022-11-20T10:00:00Z", receipts: [receipt, { ...receipt, level: "R2", index: null, officer: null, role: null, entered_at: null }] }],
  sha256: "cd",
};

describe("the report as a file", () => {
  it("has every row of every section, and no cell that a spreadsheet runs", () => {
    expect(csvOf(REPORT).split("\r\n")).toEqual([
      "section,index,at,what,officer,role,sentence",
      'report,,,CHECKPOINT,,,"armslength/EUCOM, 90 entries, root ab"',
      "report,,,SHA-256,,,cd",
      "report,,2022-11-20T00:00:00Z,FROM,,,",
      "report,,,TO,,,",
      "counts,,,alarm,,,2",
      `overrides,4,2022-11-20T09:00:00Z,STOP-ALONE,'=cmd(),watch-officer,"said ""stop"", alone"`,
      'messages,9,2022-11-20T10:05:00Z,R1,ndmc-watch-1,watch-officer,"CONCERN out:1 NDMC: after 300 s by our clock, 299 s as both state it, due 2022-11-20T10:03:00Z, LATE"',
      'messages,5,2022-11-20T10:00:00Z,R2,,,"CONCERN out:1 NDMC: not given, due 2022-11-20T10:03:00Z"',
      "",
    ]);
  });

  it("is named by what it is made from", () => {
    expect(fileName(REPORT, "csv")).toBe("audit-eucom-20221120-now-90.csv");
  });

  it("begins six days before today", () => {
    expect(week(Date.parse("2022-11-20T23:59:59Z"))).toEqual({ from: "2022-11-14", to: "2022-11-20" });
  });
});
