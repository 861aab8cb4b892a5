import { openAppend } from "../../sources/record/record.ts";
import { isLoopback } from "../../sources/otlp/access.ts";
import type { Call } from "../commands.ts";
import { UsageError } from "../errors.ts";
import { reportEvery } from "../live/every.ts";
import { createPrinter } from "../live/printer.ts";
import { startTap } from "../live/tap.ts";
import { untilStopped } from "../live/until.ts";
import { openWatch } from "../live/watch.ts";

/** `misfire tap --to URL`: a proxy in front of a model API; prints findings as they come. */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  if (words.length > 0) throw new UsageError("tap takes no arguments (misfire help tap)");
  const to = targetOf(values.to);
  const host = values.host ?? "127.0.0.1";
  if (!isLoopback(host))
    throw new UsageError(`tap listens on loopback alone: ${host} could be used by others with your keys`);
  const printer = createPrinter(call);
  const watch = await openWatch(call, printer.change);
  const recording =
    values.record === null
      ? null
      : await openAppend(values.record).catch((error: Error) => {
          throw new UsageError(`--record: ${error.message}`);
        });
  const tap = await startTap(watch, [{ prefix: "", target: to }], host, values.port, recording).catch(
    (error: Error) => {
      throw new UsageError(
        `cannot listen on ${host}:${values.port}: ${error.message}; give --port (0 for any free one)`,
      );
    },
  );
  io.err(
    `misfire: http://${host}:${tap.port} stands for ${to.origin}${to.pathname.replace(/\/$/, "")}; give it to your client as base URL. Ctrl-C ends and prints the report\n`,
  );
  const stopReports = reportEvery(call, watch, printer);
  await untilStopped(io.signal);
  stopReports();
  await tap.close();
  await recording?.close();
  return printer.end(watch.finish());
}

function targetOf(text: string | null): URL {
  const url = text === null || !URL.canParse(text) ? null : new URL(text);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError("tap needs --to with the address of a model API, such as https://api.openai.com/v1");
  return url;
}
