import { sha256 } from "@noble/hashes/sha2.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { act, actAll, type Asked, pending, release, stop } from "./act.svelte.ts";
import type { ApiProblem } from "./api.ts";
import { type Session, setSession } from "./session.svelte.ts";
import { type Bytes, fromBase64, fromHex, toBase64, toHex, utf8 } from "./sign/bytes.ts";
import { type CborValue, encode } from "./sign/cbor.ts";
import fixtures from "./sign/fixtures/keyfiles.json";
import { chooseFile, forgetKey, isUnlocked, unlockKey } from "./sign/keys.svelte.ts";
import { bodyHash, decodePrepared, statement } from "./sign/record.ts";

const OFFICER = "eucom-watch-1";
const KEY = fixtures.demonstration;
const SESSION: Session = {
  officer: OFFICER,
  name: "A watch officer",
  roles: ["watch-officer", "linguist"],
  party: "EUCOM",
  realm: "EXERCISE",
  demonstration: true,
  method: "file-key",
  signed_in_at: "2026-11-20T08:00:00Z",
  expires_at: "2026-11-20T20:00:00Z",
  idle_s: 600,
  locked: false,
  keys: [{ kind: 1, key_id: KEY.key_id }],
  languages: ["en"],
  time_zone: "Europe/Berlin",
};

interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
  key: string | null;
}

let sent: Sent[] = [];
/** What the node answers, by method and path; an Error is no answer at all. */
let answers: Record<string, (body: Record<string, unknown>, time: number) => unknown> = {};

function asked(type: string, act: string, own: [number, CborValue][], more: Partial<Asked> = {}): Asked {
  const body = new Map<number, CborValue>([[1, new Uint8Array(16)], [2, 1_668_000_000_000_000], [3, "EUCOM"], [4, []], [5, OFFICER], ...own]);
  const data = encode([type, new Uint8Array(0), new Uint8Array(32).fill(7), body]);
  const hash = bodyHash("EXERCISE", decodePrepared(data));
  const role = more.role ?? "watch-officer";
  const over = statement("EXERCISE", more.act ?? act, role, more.officer ?? OFFICER, hash);
  return { prepared: toBase64(data), type, body_hash: toHex(hash), act, role, officer: OFFICER, statement: toHex(over), text: "", ...more };
}

function problemed(status: number, code: string): Response {
  const said = { type: `urn:armslength:error:${code}`, status, code, detail: "No.", next_step: "Ask." };
  return new Response(JSON.stringify(said), { status, headers: { "content-type": "application/problem+json" } });
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return (error as ApiProblem).code;
  }
  return "OK";
}

async function unlocked(): Promise<void> {
  chooseFile("a.key", fromBase64(KEY.file) as Bytes, OFFICER, "EXERCISE");
  await unlockKey(KEY.passphrase, OFFICER, "EXERCISE");
}

/** Let waits between two attempts be over at once. */
function quickly(): void {
  const real = setTimeout;
  vi.stubGlobal("setTimeout", (run: () => void) => real(run, 0));
}

/** Wait until the dialog has something to show. */
async function shown() {
  await vi.waitFor(() => expect(pending()).not.toBeNull());
  return pending() as NonNullable<ReturnType<typeof pending>>;
}

function submits(): Sent[] {
  return sent.filter((one) => one.path.startsWith("/v1/submit"));
}

function submissionsOf(one: Sent | undefined): Record<string, unknown>[] {
  return one?.body["submissions"] as Record<string, unknown>[];
}

beforeEach(async () => {
  sent = [];
  answers = { "POST /v1/submit": (body) => ({ results: (body["submissions"] as unknown[]).map((_, index) => ({ type: "log", index })) }) };
  setSession(SESSION);
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {};
    const method = init.method ?? "GET";
    sent.push({ method, path, body, key: new Headers(init.headers).get("idempotency-key") });
    const times = sent.filter((one) => one.path === path).length;
    const answer = answers[`${method} ${path}`]?.(body, times) ?? problemed(404, "API-PATH");
    if (answer instanceof Error) throw answer;
    if (answer instanceof Response) return answer;
    return new Response(JSON.stringify(answer), { headers: { "content-type": "application/json" } });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  forgetKey();
  setSession(null);
});

describe("a quick act with an open key", () => {
  beforeEach(unlocked);

  it("is signed over the very bytes and submitted once, without a dialog", async () => {
    const log = asked("log", "record", [[20, "All quiet."]]);
    answers["POST /v1/prepare/log"] = () => log;
    const done = await act("log", { text: "All quiet." }, { confirm: "none" });
    expect(done).toEqual({ type: "log", index: 0 });
    expect(pending()).toBeNull();
    const [submission] = submissionsOf(submits()[0]);
    const [made] = submission?.["acts"] as Record<string, string>[];
    expect(submission?.["prepared"]).toBe(log.prepared);
    expect(made).toMatchObject({ act: "record", role: "watch-officer", officer: OFFICER, key_id: KEY.key_id });
    const key = await crypto.subtle.importKey("raw", fromHex(KEY.public) as Bytes, "Ed25519", true, ["verify"]);
    const signature = fromHex(made?.["signature"] ?? "") as Bytes;
    expect(await crypto.subtle.verify("Ed25519", key, signature, fromHex(log.statement) as Bytes)).toBe(true);
    expect(submits()[0]?.key).toMatch(/^[A-Za-z0-9._~-]{8,128}$/);
  });

  it("is sent again under the same key when no answer comes", async () => {
    quickly();
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    answers["POST /v1/submit"] = (_, time) => (time < 3 ? new TypeError("network") : { results: [{ type: "log", index: 4 }] });
    expect((await act("log", {}, { confirm: "none" })).index).toBe(4);
    expect(submits()).toHaveLength(3);
    expect(new Set(submits().map((one) => `${one.key} ${JSON.stringify(one.body)}`)).size).toBe(1);
  });

  it("says so when the node never answers", async () => {
    quickly();
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    answers["POST /v1/submit"] = () => new TypeError("network");
    expect(await codeOf(act("log", {}, { confirm: "none" }))).toBe("NODE-UNREACHABLE");
    expect(submits().length).toBeGreaterThan(3);
  });

  it("rejects with the node's refusal, which is not tried again", async () => {
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    answers["POST /v1/submit"] = () => problemed(409, "ACT-INVALID");
    expect(await codeOf(act("log", {}, { confirm: "none" }))).toBe("ACT-INVALID");
    expect(submits()).toHaveLength(1);
  });

  it("may be made in another of the officer's roles, and in no other", async () => {
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    await act("log", {}, { confirm: "none", role: "linguist" });
    expect((submissionsOf(submits()[0])[0]?.["acts"] as Record<string, string>[])[0]?.["role"]).toBe("linguist");
    expect(await codeOf(act("log", {}, { confirm: "none", role: "principal" }))).toBe("SIGN-ROLE");
  });
});

describe("what a node asks to have signed is refused", () => {
  beforeEach(unlocked);
  const text = "Read this.";
  const other = asked("log", "record", [[20, "another"]]);
  const cases: [string, Asked, string][] = [
    ["with the statement of another body", { ...asked("log", "record", [[20, "x"]]), statement: other.statement }, "SIGN-MISMATCH"],
    ["under another act than its type has", asked("log", "release", [[20, "x"]]), "SIGN-MISMATCH"],
    ["as a release of a receipt", asked("receipt", "release", [[20, 1]]), "SIGN-MISMATCH"],
    ["of another party", asked("log", "record", [[3, "NDMC"], [20, "x"]]), "SIGN-MISMATCH"],
    ["made by another officer", asked("log", "record", [[5, "eucom-watch-2"], [20, "x"]]), "SIGN-MISMATCH"],
    ["for another officer to sign", asked("log", "record", [[20, "x"]], { officer: "eucom-watch-2" }), "SIGN-MISMATCH"],
    ["in a role that the officer has not", asked("log", "record", [[20, "x"]], { role: "principal" }), "SIGN-ROLE"],
    ["as a receipt of another text", asked("receipt", "receipt", [[20, 1], [31, sha256(utf8("Another."))]], { text }), "SIGN-MISMATCH"],
    ["of a type that nobody signs", asked("hello", "record", []), "SIGN-MISMATCH"],
    ["in no base64", { ...other, prepared: "?" }, "PREPARED-MALFORMED"],
    ["cut short", { ...other, prepared: toBase64((fromBase64(other.prepared) as Bytes).slice(0, -1)) }, "PREPARED-MALFORMED"],
  ];
  it.each(cases)("%s", async (_name, given, code) => {
    answers["POST /v1/prepare/log"] = () => given;
    expect(await codeOf(act("log", {}, { confirm: "none" }))).toBe(code);
    expect(submits()).toEqual([]);
  });
  it("but a receipt of the text shown is signed", async () => {
    answers["POST /v1/prepare/receipt"] = () => asked("receipt", "receipt", [[20, 1], [31, sha256(utf8(text))]], { text });
    expect(await codeOf(act("receipt", {}, { confirm: "none" }))).toBe("OK");
  });
});

describe("the dialog", () => {
  it("asks for the key when it is locked, also for a quick act, and stays when the passphrase is wrong", async () => {
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    const done = act("log", {}, { confirm: "none" });
    const signing = await shown();
    expect(signing.locked).toBe(true);
    chooseFile("a.key", fromBase64(KEY.file) as Bytes, OFFICER, "EXERCISE");
    expect(await codeOf(unlockKey("wrong", OFFICER, "EXERCISE"))).toBe("KEYSTORE-LOCKED");
    await signing.confirm();
    expect(signing.problem?.code).toBe("KEY-LOCKED");
    expect(signing.phase).toBe("shown");
    await unlockKey(KEY.passphrase, OFFICER, "EXERCISE");
    expect(signing.locked).toBe(false);
    await signing.confirm();
    expect((await done).index).toBe(0);
    expect(pending()).toBeNull();
  });

  it("leaves nothing behind when it is closed", async () => {
    await unlocked();
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    const done = codeOf(act("log", {}));
    (await shown()).cancel();
    expect(await done).toBe("SIGN-CANCELLED");
    expect(submits()).toEqual([]);
    expect(pending()).toBeNull();
  });

  it("is not shown to an officer without a key", async () => {
    setSession({ ...SESSION, keys: [] });
    answers["POST /v1/prepare/log"] = () => asked("log", "record", [[20, "x"]]);
    expect(await codeOf(act("log", {}))).toBe("KEY-NONE");
  });

  it("shows a tick with the draft that is ticked, and no other", async () => {
    await unlocked();
    const draft = asked("message", "draft", [[20, "TEST"]], { text: "The draft." });
    const tick = asked("check", "linguist-check", [[20, fromHex(draft.body_hash) as Bytes], [21, "linguist"]], { role: "linguist" });
    answers["POST /v1/prepare/check"] = () => tick;
    answers[`GET /v1/drafts/${draft.body_hash}`] = () => draft;
    const done = act("check", {});
    const signing = await shown();
    expect(signing.checked[0]?.about?.text).toBe("The draft.");
    await signing.confirm();
    await done;
    answers[`GET /v1/drafts/${draft.body_hash}`] = () => asked("message", "draft", [[20, "STOP"]]);
    expect(await codeOf(act("check", {}))).toBe("SIGN-MISMATCH");
  });
});

describe("several acts at once", () => {
  beforeEach(unlocked);

  it("a reply and its R4 are made one of the other, and submitted together", async () => {
    const reply = asked("message", "draft", [[20, "REPLY"]]);
    answers["POST /v1/prepare/message"] = () => reply;
    answers["POST /v1/prepare/receipt"] = (body) =>
      asked("receipt", "receipt", [[20, 4], [41, fromHex(String(body["reply_body_hash"])) as Bytes]]);
    const steps = [
      { kind: "message", args: {} },
      { kind: "receipt", args: (before: readonly { hash: string }[]) => ({ reply_body_hash: before[0]?.hash }) },
    ];
    const done = await actAll(steps, { confirm: "none" });
    expect(done).toHaveLength(2);
    expect(sent.find((one) => one.path === "/v1/prepare/receipt")?.body["reply_body_hash"]).toBe(reply.body_hash);
    expect(submits()).toHaveLength(1);
    expect(submissionsOf(submits()[0])).toHaveLength(2);
  });

  it("a release names the draft by the hash of the bytes shown, and sends no body", async () => {
    setSession({ ...SESSION, roles: ["releasing-officer"] });
    const draft = asked("message", "release", [[5, "eucom-watch-2"], [20, "CONCERN"]], { role: "releasing-officer" });
    answers["POST /v1/prepare/release"] = () => draft;
    await release("ab12", { confirm: "none" });
    const [submission] = submissionsOf(submits()[0]);
    expect(submission?.["release"]).toBe(draft.body_hash);
    expect(submission).not.toHaveProperty("prepared");
    answers["POST /v1/prepare/release"] = () => asked("log", "record", [[20, "x"]], { role: "releasing-officer" });
    expect(await codeOf(release("ab12", { confirm: "none" }))).toBe("SIGN-MISMATCH");
  });

  it("a line that refuses a STOP does not hold the others up", async () => {
    answers["POST /v1/prepare/message"] = (body) =>
      body["line"] === "b2" ? problemed(409, "LINE-SHUT") : asked("message", "stop", [[20, "STOP"], [35, String(body["line"])]]);
    answers["POST /v1/submit"] = (_, time) => (time === 1 ? { results: [{ type: "message", number: 7 }] } : problemed(409, "ACT-INVALID"));
    const lines = [
      { line: "a1", peer: "NDMC" },
      { line: "b2", peer: "OTHER" },
      { line: "c3", peer: "THIRD" },
    ];
    const done = stop({ place: "47.5 34.5" }, lines);
    const signing = await shown();
    expect(signing.checked).toHaveLength(2);
    await signing.confirm();
    const results = await done;
    expect(results.map((one) => [one.peer, one.done?.number ?? one.problem?.code])).toEqual([
      ["NDMC", 7],
      ["OTHER", "LINE-SHUT"],
      ["THIRD", "ACT-INVALID"],
    ]);
    expect(new Set(submits().map((one) => one.key)).size).toBe(2);
  });
});

describe("the open key", () => {
  it("is forgotten on a word, and its locked file with the officer", async () => {
    await unlocked();
    expect(isUnlocked()).toBe(true);
    forgetKey();
    expect(isUnlocked()).toBe(false);
    await unlockKey(KEY.passphrase, OFFICER, "EXERCISE");
    setSession(null);
    forgetKey();
    setSession(SESSION);
    expect(await codeOf(unlockKey(KEY.passphrase, OFFICER, "EXERCISE"))).toBe("KEY-NO-FILE");
  });

  it.each<[string, () => unknown, string]>([
    ["of another officer", () => chooseFile("a", fromBase64(KEY.file) as Bytes, "eucom-watch-2", "EXERCISE"), "KEY-OTHER-OFFICER"],
    ["of the other realm", () => chooseFile("a", fromBase64(KEY.file) as Bytes, OFFICER, "REAL"), "KEY-REALM"],
    ["of the party's root", () => chooseFile("a", fromBase64(fixtures.root.file) as Bytes, "EUCOM", "EXERCISE"), "KEYSTORE-OTHER"],
    ["that is none", () => chooseFile("a", utf8("hello"), OFFICER, "EXERCISE"), "KEYSTORE-MALFORMED"],
  ])("%s is refused before its passphrase is asked", async (_name, run, code) => {
    expect(await codeOf(Promise.resolve().then(run))).toBe(code);
  });

  it("that the node does not list for the officer is not used", async () => {
    setSession({ ...SESSION, keys: [{ kind: 1, key_id: "00".repeat(16) }] });
    chooseFile("a", fromBase64(KEY.file) as Bytes, OFFICER, "EXERCISE");
    expect(await codeOf(unlockKey(KEY.passphrase, OFFICER, "EXERCISE"))).toBe("KEY-NOT-LISTED");
    expect(isUnlocked()).toBe(false);
  });
});
