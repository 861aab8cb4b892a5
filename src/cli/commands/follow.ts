import { statSync } from "node:fs";
import { sniff } from "../../index.ts";
import type { LiveSource } from "../../live/live.ts";
import { openCheckpoint, type Checkpoint } from "../../sources/follow/checkpoint.ts";
import { follow } from "../../sources/follow/follow.ts";
import { streamBlocks } from "../../sources/stream.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import { reportEvery } from "../live/every.ts";
import { createPrinter } from "../live/printer.ts";
import { openScreen } from "../live/screen.ts";
import { openWatch, type Watch } from "../live/watch.ts";

/** `misfire --follow FILE...`: findings as they come, until stdin ends or it is stopped. */
export async function run(asked: Call): Promise<number> {
  for (const flag of ["separate", "context"] as const)
    if (asked.given?.has(flag)) throw new UsageError(`--${flag} does not go with --follow`);
  const paths = asked.words.length > 0 ? asked.words : ["-"];
  const folder = paths.find((path) => path !== "-" && statSync(path, { throwIfNoEntry: false })?.isDirectory());
  if (folder !== undefined) throw new UsageError(`--follow takes files: ${folder} is a directory`);
  const screen = await openScreen(asked);
  const call = screen?.call ?? asked;
  const { values, io } = call;
  const printer = createPrinter(call);
  const watch = await openWatch(call, printer.change, screen?.feed);
  const checkpoint = values.checkpoint === null ? null : readCheckpoint(values.checkpoint);
  const saving = checkpoint === null ? null : setInterval(() => checkpoint.save(), SAVE_MS);
  const stopReports = reportEvery(call, watch, printer);
  const format = values["format-in"] ?? undefined;
  screen?.show(`following ${paths.join(", ")}`);
  await Promise.all(
    paths.map((path) =>
      path === "-" ? followStdin(watch, format, io.signal) : followFile(path, watch, format, checkpoint, io.signal),
    ),
  );
  stopReports();
  // stdin may end before the user has seen enough
  await screen?.closed();
  if (saving !== null) clearInterval(saving);
  const code = printer.end(await watch.finish());
  checkpoint?.save();
  return code;
}

const SAVE_MS = 1000;

function followFile(
  path: string,
  watch: Watch,
  format: string | undefined,
  checkpoint: Checkpoint | null,
  signal: AbortSignal,
): Promise<void> {
  let source: LiveSource | null = null;
  return follow(
    path,
    checkpoint?.get(path) ?? null,
    {
      unit: (head) => ((format ?? sniff(head, false).format) === "otlp-proto" ? "frame" : "line"),
      begin: (from) => void (source = watch.live.source(path, format, from)),
      push(block) {
        source?.push(block);
        watch.touch();
      },
      end: () => source?.end(),
      room: watch.room,
      at: (position) => checkpoint?.set(path, position),
    },
    signal,
  ).catch((error: Error) => {
    throw new UsageError(`${path}: ${error.message}`);
  });
}

async function followStdin(watch: Watch, format: string | undefined, signal: AbortSignal): Promise<void> {
  const source = watch.live.source("-", format);
  for await (const block of streamBlocks(0, signal)) {
    source.push(new Uint8Array(block));
    watch.touch();
    await watch.room();
  }
  source.end();
}

function readCheckpoint(file: string): Checkpoint {
  try {
    return openCheckpoint(file);
  } catch (error) {
    throw new UsageError(`--checkpoint: ${(error as Error).message}`);
  }
}
