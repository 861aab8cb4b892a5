import type { IncomingMessage } from "node:http";
import type { Copy } from "./copy.ts";
import { exchangeOf, type TapExchange } from "./exchange.ts";

/** Who is told of exchanges. */
export interface Listener {
  /** Called after the exchange has gone through; what it throws is nobody's loss. */
  exchange: (exchange: TapExchange) => void;
  /** An exchange went through of which no facts could be taken. */
  missed: (why: string) => void;
}

/** An exchange that is over. */
export interface Over {
  request: IncomingMessage;
  answer: IncomingMessage | null;
  to: URL;
  time: number;
  seconds: number;
  sent: Copy;
  came: Copy;
  complete: boolean;
  /** The caller went away before the end. */
  left: boolean;
}

/** Makes facts of what went by. */
export function tell(
  { request, answer, to, time, seconds, sent, came, complete, left }: Over,
  { exchange, missed }: Listener,
): void {
  try {
    if (!sent.isWhole || !came.isWhole) return missed("a body over 32 MiB");
    const asked = sent.text(request.headers["content-encoding"]);
    if (asked === null || asked === "") return;
    const made = exchangeOf({
      time,
      seconds,
      method: request.method ?? "POST",
      url: to,
      status: answer?.statusCode ?? null,
      contentType: answer?.headers["content-type"] ?? "",
      request: asked,
      response: answer === null ? null : came.text(answer.headers["content-encoding"]),
      complete,
      left,
    });
    if (made !== null) exchange(made);
  } catch (error) {
    missed((error as Error).message);
  } finally {
    sent.drop();
    came.drop();
  }
}
