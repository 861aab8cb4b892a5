import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { moduleAt } from "../../installed.ts";
import type { Ended } from "../../sources/child/child.ts";
import {
  collectorOf,
  otelEnvironment,
  outputEnvironment,
  routesFor,
  tapEnvironment,
} from "../../sources/child/environment.ts";
import { preloadEnvironment } from "../../sources/child/preload.ts";
import { openAppend, type Recording } from "../../sources/record/record.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { checkTerminal, runCommand } from "../live/command.ts";
import { readMcp, readOutput } from "../live/output.ts";
import { forwardTo } from "../live/forward.ts";
import { openLog } from "../live/log.ts";
import { createPrinter } from "../live/printer.ts";
import { openScreen } from "../live/screen.ts";
import { receive } from "../live/receive.ts";
import { startTap } from "../live/tap.ts";
import { openWatch } from "../live/watch.ts";

/** `misfire exec -- COMMAND`: runs it, untouched, and diagnoses what it printed, exported and asked its model. */
export async function run(asked: Call): Promise<number> {
  const [command] = asked.words;
  if (command === undefined) throw new UsageError("exec needs a command: misfire exec -- python app.py");
  await checkTerminal(asked);
  if (asked.values.report !== null) checkWritable(asked.values.report);
  const screen = asked.given?.has("tui") === true ? await openScreen(asked) : null;
  const call = screen?.call ?? asked;
  const { values, io } = call;
  let printed = "";
  const printer = createPrinter({
    ...call,
    io: { ...io, out: (text) => void (printed += text), outIsTerminal: io.errIsTerminal && values.report === null },
  });
  const watch = await openWatch(call, () => {}, screen?.feed);
  const recording = values.record === null ? null : await openRecord(values.record);
  const log = await openLog(call);
  const collector = collectorOf(io.env);
  const spool = mkdtempSync(join(tmpdir(), "misfire-"));
  const forwarder = typeof collector === "string" ? null : await forwardTo(collector, spool, log);
  const endpoints = await receive(watch, call, {
    host: LOOPBACK,
    httpPort: 0,
    grpcPort: "shared",
    recording: null,
    forwarder,
    log,
  });
  const routes = routesFor(io.env);
  const tap = values.tap ? await startTap(watch, routes, LOOPBACK, 0, { recording, forwarder: null }) : null;
  if (collector === "elsewhere" && !values.quiet)
    io.err(
      "misfire: an OTEL_EXPORTER_OTLP_ENDPOINT is set that cannot be passed on to; the telemetry that goes there is not read\n",
    );
  const env = {
    ...io.env,
    ...(!values.pty && outputEnvironment(io.env, io.outIsTerminal)),
    ...(collector !== "elsewhere" && otelEnvironment(io.env, endpoints.httpPort, collector === "nowhere")),
    ...(values.instrument && preloadEnvironment(asked.words, io.env, moduleAt("instrumentation/register"))),
    ...(tap && tapEnvironment(io.env, tap.port)),
  };
  screen?.show(`running ${command}`);
  const output = values.mcp === null ? readOutput(watch) : readMcp(watch, values.mcp);
  const ended = await runCommand(call, env, output, screen);
  output.end();
  await screen?.closed();
  await tap?.close();
  await endpoints.close();
  await recording?.close();
  await forwarder?.close(FLUSH_MS);
  if (forwarder !== null && forwarder.waiting > 0)
    io.err("misfire: OTEL_EXPORTER_OTLP_ENDPOINT did not take all of the program's telemetry\n");
  rmSync(spool, { recursive: true, force: true });
  const found = printer.end(await watch.finish());
  if ("failed" in ended) io.err(`misfire: ${ended.failed}\n`);
  else if (values.report === null) io.err(printed);
  else writeFileSync(values.report, printed);
  return exitCode(ended, found, call);
}

/** What an exporter waits for at most, by default. */
const FLUSH_MS = 10_000;
const LOOPBACK = "127.0.0.1";

async function openRecord(path: string): Promise<Recording> {
  return openAppend(path).catch((error: Error) => {
    throw new UsageError(`--record: ${error.message}`);
  });
}

/** Better known before the command has run than after it. */
function checkWritable(path: string): void {
  try {
    closeSync(openSync(path, "a"));
  } catch (error) {
    throw new UsageError(`--report: ${(error as Error).message}`);
  }
}

/** The command's own; `--fail-on` counts when it was asked for. */
function exitCode(ended: Ended, found: number, { io, given, values }: Call): number {
  if ("failed" in ended) return ended.code;
  const isAsked = given?.has("fail-on") === true || io.env["MISFIRE_FAIL_ON"] !== undefined;
  return ended.code === EXIT.ok && isAsked && values["fail-on"] !== "never" ? found : ended.code;
}
