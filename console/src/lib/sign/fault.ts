/** What goes wrong where no words are at hand (in a worker, in pure code): a code, and details. problems.ts says it. */
export class Fault extends Error {
  constructor(
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = "Fault";
  }
}
