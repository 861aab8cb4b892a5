import { closeSync, openSync, readSync, statSync } from "node:fs";
import { createAnalyzer, type AnalyzerOptions } from "../../index.ts";
import { createLineHold } from "../../live/lines.ts";
import { readInputs } from "../../sources/inputs.ts";
import { createLineIndex, type LineIndex } from "./line-index.ts";
import type { Engine, Post } from "./messages.ts";
import { createReporter } from "./reporter.ts";
import { createSpanRing } from "./span-ring.ts";

/** Reads files and directories, and tells what it finds while it does. */
export function readFiles(paths: readonly string[], options: AnalyzerOptions, post: Post): Engine {
  const spans = createSpanRing();
  const analyzer = createAnalyzer({ ...options, spans: spans.add });
  const reporter = createReporter(analyzer, spans, post, () => {});
  const stop = new AbortController();
  const indexes: LineIndex[] = [];
  let told = performance.now();
  let looked = { at: performance.now(), cost: 0 };

  function tellLines(): void {
    for (const index of indexes) {
      const grown = index.grown();
      if (grown !== null) post(grown, [grown.starts.buffer as ArrayBuffer]);
    }
  }

  function look(): void {
    const begun = performance.now();
    if (reporter.look()) looked = { at: performance.now(), cost: performance.now() - begun };
  }

  function open(name: string) {
    const source = analyzer.source(name);
    const index = canBeReadAgain(name) ? createLineIndex(name) : null;
    const hold = createLineHold();
    let hasLines: boolean | null = null;
    return {
      push(block: Uint8Array) {
        source.push(block);
        if (hasLines === null && (hasLines = block.subarray(0, HEAD).indexOf(0) < 0) && index !== null)
          indexes.push(index);
        if (!hasLines) return;
        if (index !== null) index.add(block);
        else give(name, hold.take(block), post);
      },
      end() {
        source.end();
        give(name, withEnd(hold.rest()), post);
      },
    };
  }

  async function read(): Promise<void> {
    await readInputs(
      paths,
      {
        open,
        problem: ({ kind, name, reason }) =>
          post({ type: "problem", text: `${name}: ${reason}`, isUnreadable: kind === "unreadable" }),
        skipped: () => {},
        progress(name, read, size) {
          const now = performance.now();
          if (now - told < TELL_MS) return;
          told = now;
          tellLines();
          post({ type: "reading", reading: { name, read, size } });
          // looking at all that is there takes at most a fifth of the time
          if (now - looked.at > Math.max(FIRST_LOOK_MS, 4 * looked.cost)) look();
        },
      },
      stop.signal,
    );
    tellLines();
    await reporter.idle();
    look();
    await reporter.idle();
    post({ type: "reading", reading: null });
  }

  // what breaks here ends the thread, and the screen with it
  void read();
  return {
    take(message) {
      if (message.type === "stop") stop.abort();
      else reporter.take(message);
    },
  };
}

/** A file with a zero byte in so much of its beginning has no lines to show. */
const HEAD = 4096;
const TELL_MS = 100;
const FIRST_LOOK_MS = 400;

function give(name: string, whole: Uint8Array | null, post: Post): void {
  if (whole === null) return;
  const block = whole.slice();
  post({ type: "text", name, block }, [block.buffer]);
}

const NEWLINE = new Uint8Array([10]);

function withEnd(rest: Uint8Array | null): Uint8Array | null {
  return rest === null ? null : new Uint8Array(Buffer.concat([rest, NEWLINE]));
}

/** A plain file; not stdin, and not an archive. */
function canBeReadAgain(path: string): boolean {
  if (path === "-") return false;
  try {
    if (!statSync(path).isFile()) return false;
    const descriptor = openSync(path, "r");
    const head = Buffer.alloc(4);
    readSync(descriptor, head, 0, 4, 0);
    closeSync(descriptor);
    const isGzip = head[0] === 0x1f && head[1] === 0x8b;
    const isZstd = head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd;
    return !isGzip && !isZstd;
  } catch {
    return false;
  }
}
