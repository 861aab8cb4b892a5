import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createExchangeSpans } from "../../index.ts";
import type { Forwarder } from "../../sources/forward/forwarder.ts";
import type { Recording } from "../../sources/record/record.ts";
import { redacted, type TapExchange } from "../../sources/tap/exchange.ts";
import { createTap } from "../../sources/tap/proxy.ts";
import { framesOf } from "../../sources/tap/mcp.ts";
import type { Route } from "../../sources/tap/routes.ts";
import type { Watch } from "./watch.ts";

export interface RunningTap {
  port: number;
  close(): Promise<void>;
}

/** Who else is told of exchanges, without secrets. */
export interface TapOut {
  recording: Recording | null;
  /** Gets spans of the exchanges. */
  forwarder: Forwarder | null;
}

/** Starts a tap on loopback whose exchanges go to the watch. */
export async function startTap(
  watch: Watch,
  routes: readonly Route[],
  host: string,
  port: number,
  { recording, forwarder }: TapOut,
): Promise<RunningTap> {
  const source = watch.live.source("tap", "exchanges");
  const toSpans = createExchangeSpans();
  const mcp = watch.live.source("mcp", "text");

  function take(exchange: TapExchange): void {
    const frames = framesOf(exchange);
    if (frames === null) source.push(lineOf(exchange));
    else for (const frame of frames) mcp.push(lineOf(frame));
    watch.touch();
    if (recording === null && forwarder === null) return;
    const safe = redacted(exchange);
    if (forwarder !== null && frames === null) forward(safe, forwarder);
    void recording?.append(lineOf(safe)).catch(() => watch.live.missed("exchange not recorded"));
  }

  function forward(exchange: TapExchange, to: Forwarder): void {
    const startMs = exchange.time * 1000;
    const { response = null, events = null } = exchange;
    const spans = toSpans({ ...exchange, response, events, startMs, endMs: startMs + exchange.seconds * 1000 });
    if (spans === null) return;
    const lost = (): void => watch.live.missed("spans of an exchange not forwarded");
    void to
      .put({ signal: "traces", encoding: "json", bytes: lineOf(spans), isClean: true })
      .then((isIn) => isIn || lost(), lost);
  }

  const server = createTap({ routes, exchange: take, missed: (why) => watch.live.missed(`exchange unread: ${why}`) });
  server.listen(port, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
      // the exchanges that this ended are told in the next turn
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

function lineOf(value: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
