import { describe, expect, it } from "vitest";
import { countsAs, headline, ledgerCsv, questionOf, reasonOf, tenKeys, TEN_KEYS, today, type Contact, type Count } from "./contacts.ts";

describe("the count", () => {
  it("says UNKNOWN where nothing is certain and something is possible: neither never nor once", () => {
    expect(headline({ certain: 0, possible: 1 })).toBe("unknown");
    expect(headline({ certain: 1, possible: 0 })).toBe("known");
    expect(headline({ certain: 2, possible: 1 })).toBe("at-least");
    expect(headline({ certain: 0, possible: 0 })).toBe("nothing");
  });
  it("is passed on with exactly its ten keys, in their order", () => {
    const count = { excluded: [], subject: "x", completeness: {}, contacts: [], rule: {}, count: 1, possible: 0, certain: 1, initiated_by: "US", as_of: "2022-11-28", since: null, channel: "eucom-ndmc" } as unknown as Count;
    expect(Object.keys(tenKeys(count))).toEqual([...TEN_KEYS]);
  });
  it("counts what was reached, perhaps what may have been heard, and not what failed", () => {
    expect(["REACHED", "LEFT-WORD", "NO-ANSWER", "BUSY", "UNKNOWN"].map(countsAs)).toEqual(["yes", "possibly", "no", "no", "possibly"]);
  });
  it("asks only for what stands in the address", () => {
    expect(questionOf({ tab: "count", channel: "a", since: "", unit: "call" })).toEqual({ channel: "a", unit: "call" });
    expect(today(Date.parse("2022-11-28T23:59:59Z"))).toBe("2022-11-28");
  });
  it("has words for why one was left out, and none of its own for what it does not know", () => {
    expect(reasonOf("nobody was reached: NO-ANSWER")).toEqual({ id: "contacts-left-failed", args: { outcome: "NO-ANSWER" } });
    expect(reasonOf("the form TEST is not counted")?.args).toEqual({ form: "TEST" });
    expect(reasonOf("something new")).toBeUndefined();
  });
  it("writes no formula into the ledger", () => {
    const row = { number: "CT-2022-000001", notes: "=cmd()", subjects: ["a", "b"] } as unknown as Contact;
    const [head, line] = ledgerCsv("EXERCISE", [row]).split("\r\n");
    expect(head?.startsWith("realm,number,")).toBe(true);
    expect(line).toContain("EXERCISE,CT-2022-000001");
    expect(line).toContain("'=cmd()");
  });
});
