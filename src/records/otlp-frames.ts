/**
 * Where binary OTLP may be cut. What the Collector's file exporter writes is each message behind its length (4 bytes,
 * big-endian); without lengths it is one field of tag 1 after another.
 */
export interface FrameWalk {
  /** Takes the next block; gives how many of all the bytes so far are whole frames. */
  add(block: Uint8Array): number;
}

export function createFrameWalk(): FrameWalk {
  let [total, whole] = [0, 0];
  /** Bytes that the frame still wants; or, while 0, the part of its head that was read, as a number. */
  let [left, head, headLength] = [0, 0, 0];
  let isFramed: boolean | null = null;
  let isLost = false;

  /** One byte of a head; gives the length of the frame when that was its last. */
  function lengthAt(byte: number): number | null {
    // a length that begins so would be one of 160 MB
    isFramed ??= byte !== TAG;
    if (isFramed) {
      head = head * 256 + byte;
      return ++headLength === 4 ? head : null;
    }
    if (headLength++ === 0) return byte === TAG ? null : Infinity;
    head += (byte & 0x7f) * 2 ** (7 * (headLength - 2));
    return byte < 0x80 ? head : headLength > 6 ? Infinity : null;
  }

  return {
    add(block) {
      for (let at = 0; at < block.length && !isLost;) {
        if (left > 0) {
          const step = Math.min(left, block.length - at);
          at += step;
          left -= step;
        } else {
          const length = lengthAt(block[at++]!);
          if (length === null) continue;
          isLost = length > MOST;
          [left, head, headLength] = [length, 0, 0];
        }
        if (left === 0) whole = total + at;
      }
      total += block.length;
      // no frames, or no more: it may be cut anywhere, and its reader finds the next one
      return isLost ? total : whole;
    },
  };
}

const TAG = 0x0a;
/** No message is larger (ingest/otlp/framed.ts). */
const MOST = 1 << 28;
