import { describe, expect, it } from "vitest";
import { after, callRecord, isPlace, mayPassOn, nextStep, type Call } from "./calls.ts";

const CALL = { call: "CL-2022-000001", began_at: "2022-11-20T09:00:00Z", ended_at: "2022-11-20T09:07:00Z", ours: ["watch-1"], theirs: [], interpreter: "", recording: "BY-THEM", identity: "UNVERIFIED", direction: "IN", status: "LIVE", broke_in_at: null, rung_at: null, agreed: null, contact: {} } as unknown as Call;

describe("a call", () => {
  it("owes the operations post before all, then the call-back, then its end", () => {
    expect(nextStep({ ...CALL, broke_in_at: "2022-11-20T09:01:00Z" })).toBe("operations");
    expect(nextStep(CALL)).toBe("call-back");
    expect(nextStep({ ...CALL, identity: "VERIFIED" })).toBe("end");
    expect(nextStep({ ...CALL, identity: "VERIFIED", status: "ENDED" })).toBe("none");
    expect(nextStep({ ...CALL, direction: "OUT", status: "ENDED" })).toBe("none");
  });
  it("passes nothing on for a voice that nobody knows", () => {
    expect(["UNVERIFIED", "DISOWNED", "VERIFIED"].map((identity) => mayPassOn({ identity }))).toEqual([false, false, true]);
  });
  it("states to them only what we know of its recording", () => {
    expect(callRecord(CALL, "Both hold.")).toEqual({ "call-number": "CL-2022-000001", "call-time": ["2022-11-20T09:00:00Z", "2022-11-20T09:07:00Z"], "participants-of-author": ["watch-1"], "participants-of-receiver": ["-"], "agreed-text": "Both hold.", "call-medium": "TELEPHONE" });
    expect(callRecord({ ...CALL, recording: "NOBODY", interpreter: "N" }, "x")).toMatchObject({ recording: "NOT-RECORDED", interpreters: ["N"] });
  });
  it("tells the minutes of a step, and a place from a number", () => {
    expect([after(0), after(125), after(3700)]).toEqual(["+00:00", "+02:05", "+61:40"]);
    expect([isPlace("47.5122N 34.5858E"), isPlace("36U XU 12345 67890"), isPlace("12 500"), isPlace("1984")]).toEqual([true, true, false, false]);
  });
});
