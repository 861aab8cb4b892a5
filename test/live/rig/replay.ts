import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A model that says again what it said in a captured run. */
export interface Replay {
  url: string;
  close(): void;
}

interface Exchange {
  status: number;
  response?: unknown;
  events?: unknown[];
}

/** `recorded`: a `requests.jsonl`, one exchange a line; they are answered in that order, whatever is asked. */
export async function replay(recorded: string): Promise<Replay> {
  const left = recorded
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Exchange);
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { status, response: body, events } = left.shift() ?? NO_MORE;
      if (events === undefined)
        return response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      response.writeHead(status, { "content-type": "text/event-stream" });
      for (const event of events)
        response.write(`data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`);
      return response.end("data: [DONE]\n\n");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const NO_MORE: Exchange = { status: 500, response: { error: { message: "the recording has no more exchanges" } } };
