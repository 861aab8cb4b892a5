import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createFrameWalk } from "./otlp-frames.ts";

const framed = (body: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
};
const bare = (body: Buffer): Buffer => Buffer.concat([Buffer.from([0x0a, ...varint(body.length)]), body]);
const varint = (n: number): number[] => (n < 0x80 ? [n] : [(n & 0x7f) | 0x80, ...varint(n >> 7)]);

describe("a walk over binary OTLP", () => {
  it.each([
    ["with lengths", framed],
    ["without", bare],
  ])("%s knows after any cut what is whole", (_name, frame) => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 90 })),
        (lengths, cuts) => {
          const frames = lengths.map((length) => frame(Buffer.alloc(length, 0x0a)));
          const all = Buffer.concat(frames);
          const ends = [0];
          for (const { length } of frames) ends.push(ends.at(-1)! + length);
          const walk = createFrameWalk();
          for (let at = 0; at < all.length;) {
            const to = Math.min(all.length, at + Number(cuts.next().value));
            expect(walk.add(all.subarray(at, to))).toBe(ends.findLast((end) => end <= to));
            at = to;
          }
        },
      ),
    );
  });

  it("lets what is no frame be cut anywhere", () => {
    const walk = createFrameWalk();
    expect(walk.add(framed(Buffer.from("ab")))).toBe(6);
    expect(walk.add(Buffer.alloc(10, 0xff))).toBe(16);
    expect(walk.add(Buffer.alloc(3))).toBe(19);
  });
});
