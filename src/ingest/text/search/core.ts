/**
 * The inner loops of the scanner in WebAssembly, two to four times as fast as the same loops in JS (`run` in long.ts,
 * `countInWords` in newlines.ts). Null where WebAssembly is switched off.
 *
 * Memory: the table at 0, the filter, the words found, then the text. `v` is the table's entry of a word, `w` the word:
 *
 *     scan(at, end, out):
 *       for (before = v(at - 4); at < end; at += 16, before = d)
 *         [a, b, c, d] = v of the words at at, at + 4, at + 8, at + 12
 *         for each neighbouring [x, y] of [before, a, b, c, d], x at p:
 *           bits = x & (y >> 8) & 255
 *           if ((bits & 254 and the filter has w(p), w(p + 4)) or (bits & 1 and the filter has w(p), 0)) *out++ = p
 *       return out
 *     feeds(at, end): the line feeds in [at, end), in steps of 16 bytes
 */
export function theCore(): Core | null {
  return (core ??= typeof WebAssembly === "undefined" ? null : openCore(WebAssembly));
}

let core: Core | null = null;

export interface Core {
  /** Takes the table, with an entry for each hash of a word, and the filter; kept until others come. */
  use(table: Uint16Array, filter: Uint8Array): void;
  /** The text of the last `find` from the fifth word on, between zeros. */
  readonly words: Int32Array;
  /** Indexes into `words`. */
  readonly found: Uint32Array;
  /** Searches [from, to), at most `BLOCK` bytes; the 4 bytes before, down to `low`, count too. Gives the number of words found. */
  find(bytes: Uint8Array, low: number, from: number, to: number): number;
  /** The number of line feeds. */
  feeds(bytes: Uint8Array): number;
}

function openCore(wasm: NonNullable<typeof WebAssembly>): Core {
  const { memory, scan, feeds } = new wasm.Instance(new wasm.Module(Buffer.from(CODE, "base64"))).exports as Exports;
  const held = new Uint8Array(memory.buffer);
  const found = new Uint32Array(memory.buffer, FOUND, BLOCK / 4);
  let used: Uint16Array | null = null;
  return {
    words: new Int32Array(memory.buffer, TEXT, BLOCK / 4 + 8),
    found,
    use(table, filter) {
      if (used === table) return;
      new Uint16Array(memory.buffer, 0, 1 << 16).set(table);
      held.set(filter, FILTER);
      used = table;
    },
    find(bytes, low, from, to) {
      const lead = Math.min(4, from - low);
      held.fill(0, TEXT, TEXT + 16);
      held.set(bytes.subarray(from - lead, to), TEXT + 16 - lead);
      const end = TEXT + 16 + to - from;
      held.fill(0, end, end + 16);
      const count = (scan(TEXT + 16, end, FOUND) - FOUND) >> 2;
      for (let i = 0; i < count; i += 1) found[i] = (found[i]! - TEXT) >> 2;
      return count;
    },
    feeds(bytes) {
      let count = 0;
      for (let at = 0; at < bytes.length; at += BLOCK) {
        const part = bytes.subarray(at, at + BLOCK);
        held.set(part, TEXT);
        held.fill(0, TEXT + part.length, TEXT + part.length + 16);
        count += feeds(TEXT, TEXT + part.length);
      }
      return count;
    },
  };
}

interface Exports {
  memory: { buffer: ArrayBuffer };
  scan(at: number, end: number, out: number): number;
  feeds(at: number, end: number): number;
}

/** What is used of WebAssembly; the Node types do not declare it, and the DOM's are not wanted here. */
declare const WebAssembly:
  | undefined
  | { Module: new (bytes: Uint8Array) => object; Instance: new (module: object) => { exports: unknown } };

/** Bytes of one call: the table, the words and the text stay in the cache. */
export const BLOCK = 256 * 1024;
/** Bits of the filter. */
export const FILTER_BITS = 1 << 19;
const FILTER = 128 * 1024;
const FOUND = FILTER + FILTER_BITS / 8;
const TEXT = FOUND + BLOCK;

const CODE =
  "AGFzbQEAAAABDgJgA39/fwF/YAJ/fwF/AwMCAAEFAwEADAcZAwZtZW1vcnkCAARzY2FuAAAFZmVlZHMAAQqaCAKBBwEHfyAAQQRrKAIAQaDAgIECckGx893xeWxBD3ZB/v8HcS8BACEDAkADQCAAIAFPDQEgACgCAEGgwICBAnJBsfPd8XlsQQ92Qf7/B3EvAQAhBCAAKAIEQaDAgIECckGx893xeWxBD3ZB/v8HcS8BACEFIAAoAghBoMCAgQJyQbHz3fF5bEEPdkH+/wdxLwEAIQYgACgCDEGgwICBAnJBsfPd8XlsQQ92Qf7/B3EvAQAhB0H/ASADIARBCHZxIAQgBUEIdnFyIAUgBkEIdnEgBiAHQQh2cXJycQRAQf8BIAMgBEEIdnFxIggEQCAIQf4BcUEARyAAQXxqKAIAQaDAgIECckGx893xeWwgAEEAaigCAEGgwICBAnJB65Svr3hsc0ENdiIJQQN2LQCAgAggCUEHcXZBAXFxIAhBAXEgAEF8aigCAEGgwICBAnJBsfPd8XlsQQ12IglBA3YtAICACCAJQQdxdkEBcXFyBEAgAiAAQXxqNgIAIAJBBGohAgsLQf8BIAQgBUEIdnFxIggEQCAIQf4BcUEARyAAQQBqKAIAQaDAgIECckGx893xeWwgAEEEaigCAEGgwICBAnJB65Svr3hsc0ENdiIJQQN2LQCAgAggCUEHcXZBAXFxIAhBAXEgAEEAaigCAEGgwICBAnJBsfPd8XlsQQ12IglBA3YtAICACCAJQQdxdkEBcXFyBEAgAiAAQQBqNgIAIAJBBGohAgsLQf8BIAUgBkEIdnFxIggEQCAIQf4BcUEARyAAQQRqKAIAQaDAgIECckGx893xeWwgAEEIaigCAEGgwICBAnJB65Svr3hsc0ENdiIJQQN2LQCAgAggCUEHcXZBAXFxIAhBAXEgAEEEaigCAEGgwICBAnJBsfPd8XlsQQ12IglBA3YtAICACCAJQQdxdkEBcXFyBEAgAiAAQQRqNgIAIAJBBGohAgsLQf8BIAYgB0EIdnFxIggEQCAIQf4BcUEARyAAQQhqKAIAQaDAgIECckGx893xeWwgAEEMaigCAEGgwICBAnJB65Svr3hsc0ENdiIJQQN2LQCAgAggCUEHcXZBAXFxIAhBAXEgAEEIaigCAEGgwICBAnJBsfPd8XlsQQ12IglBA3YtAICACCAJQQdxdkEBcXFyBEAgAiAAQQhqNgIAIAJBBGohAgsLCyAHIQMgAEEQaiEADAALCyACC5QBAgF7An8CQANAIAAgAU8NASAAQeAfaiEDIAMgAUsEQCABIQML/QwAAAAAAAAAAAAAAAAAAAAAIQIDQCACIAD9AAQA/QwKCgoKCgoKCgoKCgoKCgoK/SP9cSECIABBEGohACAAIANJDQALIAL9ff1/IQIgBCAC/RsAIAL9GwFqIAL9GwIgAv0bA2pqaiEEDAALCyAECw==";
