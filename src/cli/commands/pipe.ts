import { decompressed } from "../../sources/decompress.ts";
import { reasonOf } from "../../sources/reason.ts";
import { streamBlocks } from "../../sources/stream.ts";
import { claimStdin } from "../../tui/terminal.ts";
import { openCases } from "../cases.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { createPrinter } from "../live/printer.ts";
import { createProgress } from "../progress.ts";
import { openScreen } from "../live/screen.ts";
import { openWatch } from "../live/watch.ts";

/**
 * `... | misfire` at a terminal: prints the report when the pipe ends soon, else opens the terminal app, and prints it after
 * that. With -i the app opens at once.
 */
export async function run(call: Call): Promise<number> {
  claimStdin();
  const stop = new AbortController();
  const blocks = decompressed(streamBlocks(0, AbortSignal.any([call.io.signal, stop.signal])));
  const stream = blocks[Symbol.asyncIterator]();
  const patience = call.values.interactive ? { ms: 0, bytes: MOST_KEPT } : { ms: PATIENCE_MS, bytes: MOST_KEPT };
  const progress = createProgress(call.io, !call.values.interactive);
  const first = await readFirst(stream, patience, (read) => progress.update("-", read, null));
  progress.clear();
  // one that brings so much in so short a time is on its way to its end
  const screen = first.isOver || first.isMuch ? null : await openScreen(call);
  if (screen === null && call.values.interactive && !first.isOver)
    throw new UsageError("-i needs a terminal: there is none to draw on, or none to read keys from");
  if (screen === null) return diagnoseRest(call, first, stream);

  const printer = createPrinter(screen.call);
  const watch = await openWatch(screen.call, printer.change, screen.feed);
  const source = watch.live.source("-", call.values["format-in"] ?? undefined);
  screen.call.io.signal.addEventListener("abort", () => stop.abort(), { once: true });
  screen.show("reading stdin");
  const push = (block: Uint8Array): void => {
    source.push(block);
    watch.touch();
  };
  for (const block of first.blocks) push(block);
  try {
    for (let next = await first.pending; !next.done; next = await stream.next()) {
      push(new Uint8Array(next.value));
      await watch.room();
    }
  } catch (error) {
    screen.feed.problem(`stdin: ${reasonOf(error)}`);
  }
  source.end();
  watch.touch();
  screen.feed.setWhere("stdin has ended");
  await screen.closed();
  const report = await watch.finish();
  // who asked for the app has seen it there
  return call.values.interactive ? EXIT.ok : printer.end(report);
}

const PATIENCE_MS = 3000;
/** What is kept of the first seconds, to be read again by the app. */
const MOST_KEPT = 32 << 20;

type Stream = AsyncIterator<Uint8Array>;

interface First {
  blocks: Uint8Array[];
  /** What comes next; it was asked for already. */
  pending: Promise<IteratorResult<Uint8Array>>;
  isOver: boolean;
  isMuch: boolean;
}

/** Reads until the time is over, the pipe, or there is too much. */
async function readFirst(
  stream: Stream,
  patience: { ms: number; bytes: number },
  progress: (read: number) => void,
): Promise<First> {
  const blocks: Uint8Array[] = [];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, patience.ms, null)));
  let length = 0;
  for (;;) {
    const pending = stream.next();
    // an error is told by whoever reads on
    pending.catch(() => {});
    const next = await Promise.race([pending.catch(() => null), late]);
    const isOver = next?.done === true;
    if (next === null || isOver || length > patience.bytes) {
      clearTimeout(timer);
      return { blocks, pending, isOver, isMuch: length > patience.bytes };
    }
    blocks.push(new Uint8Array(next.value));
    length += next.value.length;
    progress(length);
  }
}

/** As without a terminal: the report at the end. */
async function diagnoseRest(call: Call, first: First, stream: Stream): Promise<number> {
  const { io } = call;
  const cases = await openCases(call);
  const input = cases.open("-");
  let isBroken = false;
  for (const block of first.blocks) input.push(block);
  try {
    for (let next = await first.pending; !next.done; next = await stream.next()) input.push(new Uint8Array(next.value));
  } catch (error) {
    isBroken = first.blocks.length === 0;
    if (!isBroken) cases.damaged("-", reasonOf(error));
    io.err(`misfire: stdin: ${reasonOf(error)}\n`);
  }
  input.end();
  const code = await cases.finish(isBroken);
  return io.signal.aborted ? EXIT.interrupted : isBroken ? EXIT.unreadable : code;
}
