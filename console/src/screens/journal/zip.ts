/**
 * One ZIP file of many, stored as they are: what `armslength verify` takes besides a folder. Nothing is compressed, so
 * that there is nothing to unpack but names and bytes (APPNOTE 6.3, 4.3.7 to 4.3.16).
 */
import { type Bytes, concat, utf8 } from "$lib/sign/bytes.ts";

/** More needs ZIP64: such a line is exported with the command line. */
export const FILES_MAX = 65_535;
export const BYTES_MAX = 0xffff_ffff;

/** Names are UTF-8 (they are ASCII); version 2.0 unpacks it. */
const FLAGS = 0x0800;
const VERSION = 20;
/** 1 January 1980, midnight: the files' own times say nothing; what an export says of time is signed inside. */
const DATE = 0x0021;
/** A plain file that its owner writes and all read, made on Unix. */
const MADE_BY = (3 << 8) | VERSION;
const MODE = (0o100644 << 16) >>> 0;

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

/** CRC-32 as ZIP has it. */
export function crc32(data: Uint8Array): number {
  let value = 0xffff_ffff;
  for (const byte of data) value = (TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8);
  return (value ^ 0xffff_ffff) >>> 0;
}

/** Numbers of 2 or 4 bytes, little end first. */
function row(...numbers: readonly (readonly [value: number, bytes: 2 | 4])[]): Bytes {
  const data = new DataView(new ArrayBuffer(numbers.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of numbers) {
    if (bytes === 2) data.setUint16(at, value, true);
    else data.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(data.buffer);
}

/** Return the files as one ZIP below one folder; throws RangeError beyond what the format holds without ZIP64. */
export function zipOf(files: Readonly<Record<string, Uint8Array>>, folder = ""): Bytes {
  const names = Object.keys(files).sort();
  if (names.length > FILES_MAX) throw new RangeError(`${names.length} files`);
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const name of names) {
    const data = files[name] as Uint8Array;
    const called = utf8(folder + name);
    const common = [[FLAGS, 2], [0, 2], [0, 2], [DATE, 2], [crc32(data), 4], [data.length, 4], [data.length, 4], [called.length, 2], [0, 2]] as const;
    const head = row([0x04034b50, 4], [VERSION, 2], ...common);
    directory.push(row([0x02014b50, 4], [MADE_BY, 2], [VERSION, 2], ...common, [0, 2], [0, 2], [0, 2], [MODE, 4], [at, 4]), called);
    parts.push(head, called, data);
    at += head.length + called.length + data.length;
    if (at > BYTES_MAX) throw new RangeError(`${at} bytes`);
  }
  const size = directory.reduce((sum, one) => sum + one.length, 0);
  const end = row([0x06054b50, 4], [0, 2], [0, 2], [names.length, 2], [names.length, 2], [size, 4], [at, 4], [0, 2]);
  return concat(...parts, ...directory, end);
}
