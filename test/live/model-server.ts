import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ModelServer {
  url: string;
  /** What came: method, path, headers in order (without host and connection), body. */
  seen: { method: string; path: string; headers: string[]; body: string; aborted: boolean }[];
  close(): Promise<void>;
}

/** A model that does what the name of the model in the request says. */
export async function modelServer(): Promise<ModelServer> {
  const seen: ModelServer["seen"] = [];
  const server: Server = createServer((request, response) => void serve(request, response, seen));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, seen: ModelServer["seen"]): Promise<void> {
  const chunks: Buffer[] = [];
  const one: ModelServer["seen"][number] = {
    method: request.method!,
    path: request.url!,
    headers: request.rawHeaders.flatMap((name, at, all) =>
      at % 2 === 0 && !/^(?:host|connection)$/i.test(name) ? [`${name}: ${all[at + 1]}`] : [],
    ),
    body: "",
    aborted: false,
  };
  seen.push(one);
  response.on("close", () => (one.aborted = !response.writableFinished));
  for await (const chunk of request) chunks.push(chunk as Buffer);
  one.body = Buffer.concat(chunks).toString();
  const { model, stream } = JSON.parse(one.body || "{}") as { model?: string; stream?: boolean };
  response.setHeader("x-request-id", "req_1");
  if (model === "refused") return void response.writeHead(400, { "content-type": "application/json" }).end(REFUSAL);
  if (model === "slow") return;
  if (model === "cut") {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${CHUNKS[0]}\n\n`);
    return void setTimeout(() => response.destroy(), 20);
  }
  if (request.url!.endsWith("/messages"))
    return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(ANTHROPIC));
  if (!stream)
    return void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(COMPLETION));
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const many = model === "long" ? Array.from({ length: 400 }, () => CHUNKS[0]!) : CHUNKS;
  for (const chunk of many) {
    if (response.destroyed) return;
    response.write(`data: ${chunk}\n\n`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  response.end("data: [DONE]\n\n");
}

const REFUSAL =
  '{"error": {"message": "Missing required parameter: \'messages\'.",  "type": "invalid_request_error", "param": "messages", "code": null}}';
const CALL = { id: "call_1", type: "function", function: { name: "find_claim", arguments: '{"claim_id": "C-1"}' } };
const COMPLETION = {
  id: "chatcmpl-1",
  object: "chat.completion",
  created: 1790000000,
  model: "gpt-4o",
  choices: [
    { index: 0, message: { role: "assistant", content: null, tool_calls: [CALL] }, finish_reason: "tool_calls" },
  ],
};
const ANTHROPIC = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  model: "claude",
  content: [{ type: "tool_use", id: "toolu_1", name: "find_claim", input: { claim_id: "C-1" } }],
  stop_reason: "tool_use",
  usage: { input_tokens: 1, output_tokens: 1 },
};
const CHUNKS = [
  {
    delta: {
      role: "assistant",
      content: null,
      tool_calls: [{ index: 0, ...CALL, function: { name: "find_claim", arguments: "" } }],
    },
  },
  { delta: { tool_calls: [{ index: 0, function: { arguments: '{"claim_id": ' } }] } },
  { delta: { tool_calls: [{ index: 0, function: { arguments: '"C-1"}' } }] } },
  { delta: {}, finish_reason: "tool_calls" },
].map((choice) =>
  JSON.stringify({
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 1790000000,
    model: "gpt-4o",
    choices: [{ index: 0, ...choice }],
  }),
);
