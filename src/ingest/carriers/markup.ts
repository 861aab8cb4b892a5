import type { Carrier } from "./carrier.ts";

/** JUnit's report of tests: what failed, and what was printed. */
export const junit: Carrier = {
  name: "report of tests",
  begins: (head) => /^\s*<(?:\?xml\b[^>]{0,200}>\s*<)?testsuites?\b/.test(head.slice(0, 2000)),
  unpack(document) {
    return elements(document, /<(failure|error|system-out|system-err|rerunFailure)(?=[\s/>])/g)
      .map(({ name, attributes, body }) => {
        const message = name === "failure" || name === "error" ? (MESSAGE.exec(attributes)?.[1] ?? "") : "";
        return plain(body.trim() === "" ? message : body);
      })
      .join("\n");
  },
};

const MESSAGE = /\bmessage="([^"]*)"/;

/** A page that shows a log: the texts of its `<pre>`. */
export const page: Carrier = {
  name: "page",
  begins: (head) => /^\s*<(?:!doctype html|html)\b/i.test(head.slice(0, 2000)),
  unpack(document) {
    const parts = elements(document, /<(pre)(?=[\s>])/gi).map(({ body }) =>
      plain(body.replaceAll(/<br\s{0,9}\/?>/gi, "\n").replaceAll(/<\/?[a-z][^<>]{0,2000}>/gi, "")),
    );
    return parts.length === 0 ? null : parts.join("\n");
  },
};

interface Element {
  name: string;
  attributes: string;
  /** Empty for `<error/>`. */
  body: string;
}

/** The elements that `open` finds, in order. One without an end ends the search: nothing is looked through twice. */
function elements(document: string, open: RegExp): Element[] {
  const found: Element[] = [];
  const ends = document.toLowerCase();
  for (let match = open.exec(document); match !== null; match = open.exec(document)) {
    const name = match[1]!;
    const from = tagEnd(document, open.lastIndex);
    if (from < 0) break;
    const isEmpty = document[from - 2] === "/";
    const to = isEmpty ? from : ends.indexOf(`</${name.toLowerCase()}>`, from);
    if (to < 0) break;
    found.push({ name, attributes: document.slice(match.index, from), body: document.slice(from, to) });
    open.lastIndex = to;
  }
  return found;
}

/** The offset behind the `>` of a tag, outside of quotes. */
function tagEnd(document: string, from: number): number {
  for (let at = from; at < document.length; at++) {
    const char = document[at];
    if (char === ">") return at + 1;
    if (char === '"' || char === "'") {
      at = document.indexOf(char, at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function plain(text: string): string {
  const bare = text.replaceAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (_, inner: string) => inner.replaceAll("&", "&amp;"));
  return bare.replaceAll(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos|nbsp));/gi,
    (whole, hex, digits, name) => {
      if (name !== undefined) return NAMED[(name as string).toLowerCase()]!;
      const code = hex === undefined ? Number(digits) : Number.parseInt(hex as string, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : (whole as string);
    },
  );
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };
