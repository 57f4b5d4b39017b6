/** Opens a key file away from the page, which stays quick meanwhile and never holds the seed. One file, one worker. */
import type { Bytes } from "./bytes.ts";
import { Fault } from "./fault.ts";
import { openKeyFile } from "./keyfile.ts";

self.onmessage = async ({ data }: MessageEvent<{ file: Bytes; passphrase: Bytes }>) => {
  try {
    self.postMessage({ opened: await openKeyFile(data.file, data.passphrase) });
  } catch (error) {
    const known = error instanceof Fault;
    self.postMessage({ code: known ? error.code : "BROWSER-WORKER", details: known ? error.details : { because: String(error) } });
  } finally {
    data.passphrase.fill(0);
  }
};
