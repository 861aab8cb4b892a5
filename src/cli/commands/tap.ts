import { openAppend } from "../../sources/record/record.ts";
import { isLoopback } from "../../sources/otlp/access.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import { reportEvery } from "../live/every.ts";
import { openForwarder } from "../live/forward.ts";
import { openLog } from "../live/log.ts";
import { createPrinter } from "../live/printer.ts";
import { openScreen } from "../live/screen.ts";
import { startTap } from "../live/tap.ts";
import { untilStopped } from "../live/until.ts";
import { openWatch } from "../live/watch.ts";

/** `misfire tap --to URL`: a proxy in front of a model API; prints findings as they come. */
export async function run(given: Call): Promise<number> {
  if (given.words.length > 0) throw new UsageError("tap takes no arguments (misfire help tap)");
  const to = targetOf(given.values.to);
  const host = given.values.host ?? "127.0.0.1";
  if (!isLoopback(host))
    throw new UsageError(`tap listens on loopback alone: ${host} could be used by others with your keys`);
  const screen = await openScreen(given);
  const call = screen?.call ?? given;
  const { values, io } = call;
  const printer = createPrinter(call);
  const watch = await openWatch(call, printer.change, screen?.feed);
  const recording =
    values.record === null
      ? null
      : await openAppend(values.record).catch((error: Error) => {
          throw new UsageError(`--record: ${error.message}`);
        });
  const forwarder = await openForwarder(call, await openLog(call));
  if (forwarder?.takes("json") === false)
    throw new UsageError("tap forwards over HTTP alone: give --forward http://HOST:4318");
  const tap = await startTap(watch, [{ prefix: "", target: to }], host, values.port, { recording, forwarder }).catch(
    (error: Error) => {
      throw new UsageError(
        `cannot listen on ${host}:${values.port}: ${error.message}; give --port (0 for any free one)`,
      );
    },
  );
  const where = `http://${host}:${tap.port} stands for ${to.origin}${to.pathname.replace(/\/$/, "")}`;
  if (screen === null)
    io.err(`misfire: ${where}; give it to your client as base URL. Ctrl-C ends and prints the report\n`);
  else screen.show(where);
  const stopReports = reportEvery(call, watch, printer);
  await untilStopped(io.signal);
  stopReports();
  await screen?.end();
  await tap.close();
  await recording?.close();
  await forwarder?.close(FLUSH_MS);
  return printer.end(await watch.finish());
}

const FLUSH_MS = 2000;

function targetOf(text: string | null): URL {
  const url = text === null || !URL.canParse(text) ? null : new URL(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError("tap needs --to with the address of a model API, such as https://api.openai.com/v1");
  return url;
}
