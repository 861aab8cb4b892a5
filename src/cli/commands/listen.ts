import { connectionsOf } from "../../sources/otlp/export.ts";
import { openRecording, type Recording } from "../../sources/record/record.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import { bytesOf } from "../../reporters/text/numbers.ts";
import { openForwarder } from "../live/forward.ts";
import { openLog } from "../live/log.ts";
import { reportEvery } from "../live/every.ts";
import { createPrinter } from "../live/printer.ts";
import { openScreen } from "../live/screen.ts";
import { receive } from "../live/receive.ts";
import { untilStopped } from "../live/until.ts";
import { openWatch } from "../live/watch.ts";

/** `misfire listen`: receives OTLP until it is stopped, and prints findings as they come. */
export async function run(given: Call): Promise<number> {
  if (given.words.length > 0) throw new UsageError("listen takes no arguments (misfire help listen)");
  const screen = await openScreen(given);
  const call = screen?.call ?? given;
  const { values, io } = call;
  const printer = createPrinter(call);
  const watch = await openWatch(call, printer.change, screen?.feed);
  const recording = await openRecord(values.record);
  const log = await openLog(call);
  const forwarder = await openForwarder(call, log);
  const host = values.host ?? "127.0.0.1";
  const endpoints = await receive(watch, call, {
    host,
    httpPort: values["http-port"],
    grpcPort: values["grpc-port"],
    recording,
    forwarder,
    log,
  });
  const scheme = values["tls-cert"] === null ? "http" : "https";
  const where = `listening on ${scheme}://${host}:${endpoints.httpPort} (OTLP/HTTP) and ${host}:${endpoints.grpcPort} (OTLP/gRPC)`;
  if (screen === null) io.err(`misfire: ${where}; Ctrl-C ends and prints the report\n`);
  else screen.show(where, () => connectionsOf(endpoints.counts, performance.now()));
  const stopReports = reportEvery(call, watch, printer);
  await untilStopped(io.signal);
  stopReports();
  await screen?.end();
  await endpoints.close();
  await recording?.close();
  if (forwarder !== null) {
    await forwarder.close(FLUSH_MS);
    if (forwarder.waiting > 0)
      io.err(`misfire: ${bytesOf(forwarder.waiting)} wait in ${values.queue} for the next start with --forward\n`);
  }
  return printer.end(await watch.finish());
}

/** For what is in the queue at the end. */
const FLUSH_MS = 2000;

async function openRecord(path: string | null): Promise<Recording | null> {
  if (path === null) return null;
  try {
    return await openRecording(path);
  } catch (error) {
    throw new UsageError(`--record: ${(error as Error).message}`);
  }
}
