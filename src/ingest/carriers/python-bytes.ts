import type { Carrier } from "./carrier.ts";

/** What Python prints of a program's output that nobody decoded: `b'Traceback ...\n'`. */
export const pythonBytes: Carrier = {
  name: "bytes as Python prints them",
  begins: (head) => /^\s*b(['"])/.test(head),
  unpack(document) {
    const inside = /^\s*b(['"])([\s\S]*)\1\s*$/.exec(document)?.[2];
    if (inside === undefined || inside.includes("\n")) return null;
    const bytes = inside.replaceAll(ESCAPED, (_, hex: string | undefined, other: string) =>
      hex === undefined ? (PLAIN[other] ?? other) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return Buffer.from(bytes, "latin1").toString("utf8");
  },
};

const ESCAPED = /\\(?:x([0-9a-f]{2})|([\s\S]))/g;
const PLAIN: Record<string, string> = { n: "\n", t: "\t", r: "\r" };
