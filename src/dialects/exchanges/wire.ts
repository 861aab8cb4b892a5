import type { Emit } from "../../records/dialect.ts";
import type { Exchange } from "../../records/records.ts";
import { speaker } from "../speaker.ts";

/** What went over the wire between a program and a model: the model's answer and the next request are the witnesses of every call. */
export function readWire(exchange: Exchange, emit: Emit): void {
  const voice = speaker(emit, exchange.scope, {
    kind: "message",
    source: exchange.scope.source,
    line: exchange.line,
    traceId: exchange.scope.traceId,
    spanId: exchange.scope.spanId,
  });
  voice.modelCall({ ...exchange, startNs: exchange.timeNs, endNs: exchange.timeNs });
}
