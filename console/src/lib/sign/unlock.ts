/** Opening a key file without freezing the page: in a worker that ends with it, and its memory with the worker. */
import type { Bytes } from "./bytes.ts";
import { Fault } from "./fault.ts";
import { type OpenedKey, openKeyFile, passphraseBytes } from "./keyfile.ts";

type Answer = { opened: OpenedKey } | { code: string; details: Record<string, unknown> };

/** Open a key file; throws the faults of `openKeyFile` and BROWSER-WORKER. */
export async function unlock(file: Bytes, passphrase: string): Promise<OpenedKey> {
  const material = passphraseBytes(passphrase);
  if (typeof Worker === "undefined") return openKeyFile(file, material);
  const worker = new Worker(new URL("./keyfile.worker.ts", import.meta.url), { type: "module", name: "key file" });
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
      worker.onerror = (event) => reject(new Fault("BROWSER-WORKER", { because: event.message }));
      worker.postMessage({ file, passphrase: material }, [material.buffer]);
    });
    if ("code" in answer) throw new Fault(answer.code, answer.details);
    return answer.opened;
  } finally {
    worker.terminate();
  }
}
