import type { Collector } from "../../sources/child/environment.ts";
import { createForwarder, type Forwarder } from "../../sources/forward/forwarder.ts";
import { openQueue } from "../../sources/forward/queue.ts";
import { openSender } from "../../sources/forward/send.ts";
import type { HttpOptions } from "../../sources/otlp/http.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";

const MOST_BYTES = 512 << 20;

/** What `--forward` asks for; null without it. */
export async function openForwarder({ values }: Call, log: HttpOptions["log"]): Promise<Forwarder | null> {
  if (values.forward === null) return null;
  const to = URL.canParse(values.forward) ? new URL(values.forward) : null;
  if (to === null || !/^(?:https?|grpcs?):$/.test(to.protocol))
    throw new UsageError("--forward takes an address such as http://127.0.0.1:4318 or grpc://127.0.0.1:4317");
  const sender = await openSender(to, headersOf(values["forward-headers"]));
  const queue = await openQueue(values.queue ?? ".misfire/queue", MOST_BYTES).catch((error: Error) => {
    throw new UsageError(`--queue: ${error.message}`);
  });
  return createForwarder(queue, sender, (what, why) => log("warn", what, { why }));
}

/** Passes a program's telemetry on to where it went before; what cannot be sent when it ends is lost, as without us. */
export async function forwardTo(
  { to, headers }: Collector,
  folder: string,
  log: HttpOptions["log"],
): Promise<Forwarder> {
  const pairs = headers.split(",").filter((pair) => pair.includes("="));
  const sender = await openSender(to, headersOf(pairs));
  return createForwarder(await openQueue(folder, MOST_BYTES), sender, (what, why) => log("warn", what, { why }));
}

function headersOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new UsageError(`--forward-headers: "${pair}" is not name=value`);
      return [pair.slice(0, equals).trim().toLowerCase(), decode(pair.slice(equals + 1).trim())];
    }),
  );
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
