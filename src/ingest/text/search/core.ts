/**
 * The inner loop of the search in 303 bytes of WebAssembly, two to three times as fast as the same loop in JS (`run` in
 * long.ts): it tells which groups of 4 words may hold a part of a literal. Null where WebAssembly is switched off.
 *
 * Memory: the table at 0, the groups found, then the text. `v` is the table's entry of a word:
 *
 *     scan(at, end, out):
 *       before = v(at - 4)
 *       for (; at < end; at += 16)
 *         [a, b, c, d] = v of the words at at, at + 4, at + 8, at + 12
 *         if (((before & (a >> 8)) | (a & (b >> 8)) | (b & (c >> 8)) | (c & (d >> 8))) & 255) *out++ = at
 *         before = d
 *       return out
 */
export function theCore(): Core | null {
  return (core ??= typeof WebAssembly === "undefined" ? null : openCore(WebAssembly));
}

let core: Core | null = null;

export interface Core {
  /** Takes a table, which has an entry for each hash of a word; kept until another one comes. */
  use(table: Uint16Array): void;
  /** The text of the last `find` from the second group on, between zeros. */
  readonly words: Int32Array;
  /** Indexes into `words`: the first words of the groups found. */
  readonly groups: Uint32Array;
  /** Searches [from, to), at most `BLOCK` bytes; the 4 bytes before, down to `low`, count too. Gives the number of groups. */
  find(bytes: Uint8Array, low: number, from: number, to: number): number;
}

function openCore(wasm: NonNullable<typeof WebAssembly>): Core {
  const { memory, scan } = new wasm.Instance(new wasm.Module(Buffer.from(CODE, "base64"))).exports as Exports;
  const held = new Uint8Array(memory.buffer);
  const groups = new Uint32Array(memory.buffer, GROUPS, BLOCK / 16);
  let used: Uint16Array | null = null;
  return {
    words: new Int32Array(memory.buffer, TEXT, BLOCK / 4 + 8),
    groups,
    use(table) {
      if (used !== table) new Uint16Array(memory.buffer, 0, 1 << 16).set(table);
      used = table;
    },
    find(bytes, low, from, to) {
      const lead = Math.min(4, from - low);
      held.fill(0, TEXT, TEXT + 16);
      held.set(bytes.subarray(from - lead, to), TEXT + 16 - lead);
      const end = TEXT + 16 + to - from;
      held.fill(0, end, end + 16);
      const count = (scan(TEXT + 16, end, GROUPS) - GROUPS) >> 2;
      for (let i = 0; i < count; i += 1) groups[i] = (groups[i]! - TEXT) >> 2;
      return count;
    },
  };
}

interface Exports {
  memory: { buffer: ArrayBuffer };
  scan(at: number, end: number, out: number): number;
}

/** What is used of WebAssembly; the Node types do not declare it, and the DOM's are not wanted here. */
declare const WebAssembly:
  | undefined
  | { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };

/** Bytes of one call: the table, the groups and the text stay in the cache. */
export const BLOCK = 256 * 1024;
const GROUPS = 128 * 1024;
const TEXT = GROUPS + BLOCK / 4;

const CODE =
  "AGFzbQEAAAABCAFgA39/fwF/AwIBAAUDAQAJBxECBm1lbW9yeQIABHNjYW4AAAr+AQH7AQEFfyAAQQRrKAIAQaDAgIECckGx893xeWxBD3ZB/v8HcS8BACEDAkADQCAAIAFPDQEgACgCAEGgwICBAnJBsfPd8XlsQQ92Qf7/B3EvAQAhBCAAKAIEQaDAgIECckGx893xeWxBD3ZB/v8HcS8BACEFIAAoAghBoMCAgQJyQbHz3fF5bEEPdkH+/wdxLwEAIQYgACgCDEGgwICBAnJBsfPd8XlsQQ92Qf7/B3EvAQAhB0H/ASADIARBCHZxIAQgBUEIdnFyIAUgBkEIdnEgBiAHQQh2cXJycQRAIAIgADYCACACQQRqIQILIAchAyAAQRBqIQAMAAsLIAIL";
