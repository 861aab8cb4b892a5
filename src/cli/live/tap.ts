import { once } from "node:events";
import type { AddressInfo } from "node:net";
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

/** Starts a tap on loopback whose exchanges go to the watch, and to the recording without secrets. */
export async function startTap(
  watch: Watch,
  routes: readonly Route[],
  host: string,
  port: number,
  recording: Recording | null,
): Promise<RunningTap> {
  const source = watch.live.source("tap", "exchanges");
  const mcp = watch.live.source("mcp", "text");

  function take(exchange: TapExchange): void {
    const frames = framesOf(exchange);
    if (frames === null) source.push(lineOf(exchange));
    else for (const frame of frames) mcp.push(lineOf(frame));
    watch.touch();
    void recording?.append(lineOf(redacted(exchange))).catch(() => watch.live.missed("exchange not recorded"));
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
