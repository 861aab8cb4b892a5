import { createFrameWalk } from "../records/otlp-frames.ts";
import type { Hold } from "./lines.ts";

/** Whole frames of binary OTLP as they come. */
export function createFrameHold(): Hold {
  const walk = createFrameWalk();
  let held: Uint8Array[] = [];
  let [length, given] = [0, 0];

  function give(count: number): Uint8Array | null {
    if (count === 0) return null;
    const all = held.length === 1 ? held[0]! : new Uint8Array(Buffer.concat(held));
    held = count < length ? [all.slice(count)] : [];
    length -= count;
    given += count;
    return all.subarray(0, count);
  }

  return {
    take(bytes) {
      const whole = walk.add(bytes) - given;
      held.push(whole === length + bytes.length ? bytes : bytes.slice());
      length += bytes.length;
      return give(length > MOST ? length : whole);
    },
    rest: () => give(length),
  };
}

/** A frame that is longer goes on in parts. */
const MOST = 64 << 20;
