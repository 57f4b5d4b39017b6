/**
 * What the console asks of its node: the operations of the published API, by their names, with their types.
 *
 * A refusal is an ApiProblem with the node's own code, sentence and next step; no answer at all is one with the code
 * NODE-UNREACHABLE. Nothing is asked of any other host: paths are relative.
 */
import type { operations } from "../generated/openapi.d.ts";
import { OPERATIONS } from "../generated/operations.ts";

export type OperationId = keyof typeof OPERATIONS & keyof operations;

type Parameters<Op extends OperationId> = operations[Op]["parameters"];
type PathOf<Op extends OperationId> = Parameters<Op> extends { path: infer P } ? P : Record<string, never>;
type QueryOf<Op extends OperationId> = Parameters<Op> extends { query?: infer Q } ? Q : never;
export type BodyOf<Op extends OperationId> = operations[Op] extends {
  requestBody: { content: { "application/json": infer B } };
}
  ? B
  : never;
export type AnswerOf<Op extends OperationId> = operations[Op] extends {
  responses: { 200: { content: { "application/json": infer A } } };
}
  ? A
  : unknown;

/** A refusal in the node's words. */
export class ApiProblem extends Error {
  readonly code: string;
  readonly status: number;
  readonly sentence: string;
  readonly next_step: string;
  readonly details: Record<string, unknown>;

  constructor(said: { code: string; status: number; sentence: string; next_step: string; details?: Record<string, unknown> }) {
    super(`${said.code}: ${said.sentence}`);
    this.code = said.code;
    this.status = said.status;
    this.sentence = said.sentence;
    this.next_step = said.next_step;
    this.details = said.details ?? {};
  }
}

/** Called when the node says that nobody is signed in (401) or that the session is locked (423); set by the session. */
export const refused: { signedOut: () => void; locked: () => void } = { signedOut: () => {}, locked: () => {} };

const ANSWER_WITHIN_MS = 60_000;

async function problemOf(response: Response): Promise<ApiProblem> {
  let said: Record<string, unknown> = {};
  try {
    said = (await response.json()) as Record<string, unknown>;
  } catch {
    // Something between the node and this page answered; its words are not the node's.
  }
  const { code, detail, sentence, title, next_step, ...details } = said;
  return new ApiProblem({
    code: typeof code === "string" ? code : `HTTP-${response.status}`,
    status: response.status,
    sentence: String(sentence ?? detail ?? title ?? `The node answered ${response.status}.`),
    next_step: typeof next_step === "string" ? next_step : "",
    details,
  });
}

/** Ask something by method and path; returns the answer's JSON (or text when it is no JSON). */
export async function ask<T = unknown>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "error",
      headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  } catch {
    throw new ApiProblem({
      code: "NODE-UNREACHABLE",
      status: 0,
      sentence: "The node did not answer. Nothing is known to have been done.",
      next_step: "Look whether the node runs; this page goes on by itself when it answers again.",
    });
  }
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) refused.signedOut();
    if (problem.status === 423) refused.locked();
    throw problem;
  }
  const type = response.headers.get("content-type") ?? "";
  return (type.startsWith("application/json") ? await response.json() : await response.text()) as T;
}

function addressOf(operation: OperationId, path: Record<string, unknown>, query: Record<string, unknown>): string {
  const filled = OPERATIONS[operation][1].replace(/\{(\w+)\}/g, (_, name: string) => {
    if (path[name] === undefined) throw new Error(`${operation} needs ${name}`);
    return encodeURIComponent(String(path[name]));
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== "") search.append(name, String(value));
  const text = search.toString();
  return text ? `${filled}?${text}` : filled;
}

/** Read: `get("message", { path: { name: "in:1" }, query: { line: "NDMC" } })`. */
export function get<Op extends OperationId>(
  operation: Op,
  given: { path?: PathOf<Op>; query?: QueryOf<Op> } = {},
): Promise<AnswerOf<Op>> {
  return ask("GET", addressOf(operation, (given.path ?? {}) as Record<string, unknown>, (given.query ?? {}) as Record<string, unknown>));
}

/** Ask with a body: checks, dry runs, what-if. Acts go through lib/act.svelte.ts, which signs them. */
export function post<Op extends OperationId>(
  operation: Op,
  body: BodyOf<Op>,
  given: { path?: PathOf<Op>; headers?: Record<string, string> } = {},
): Promise<AnswerOf<Op>> {
  return ask("POST", addressOf(operation, (given.path ?? {}) as Record<string, unknown>, {}), body, given.headers);
}

/** The address of a read, for links that download (sheets, exports, CSV). */
export function addressFor<Op extends OperationId>(operation: Op, given: { path?: PathOf<Op>; query?: QueryOf<Op> } = {}): string {
  return addressOf(operation, (given.path ?? {}) as Record<string, unknown>, (given.query ?? {}) as Record<string, unknown>);
}

/** Tell which roles may ask for an operation. */
export function rolesOf(operation: OperationId): readonly string[] {
  return OPERATIONS[operation][2];
}
