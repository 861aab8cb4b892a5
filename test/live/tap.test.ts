import Anthropic from "@anthropic-ai/sdk";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { essence, eventually, running } from "./listening.ts";
import { modelServer, type ModelServer } from "./model-server.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-tap-"));
const TAP = ["tap", "--port", "0", "-f", "json", "--to"];
const KEY = "sk-proj-abcdefghij0123456789abcdefghij";
const tools = [
  {
    type: "function" as const,
    function: { name: "get_claim", parameters: { type: "object", properties: { claim_id: { type: "string" } } } },
  },
];
const messages = [{ role: "user" as const, content: "Is C-1 open?" }];

let model: ModelServer;
beforeAll(async () => void (model = await modelServer()));
beforeEach(() => void (model.seen.length = 0));
afterAll(async () => {
  await model.close();
  rmSync(folder, { recursive: true });
});

/** What the program has in the end: the answer, all chunks, or the error as the SDK gives it. */
async function outcome(baseURL: string, what: string): Promise<unknown> {
  const client = new OpenAI({ baseURL, apiKey: KEY, maxRetries: 0, timeout: what === "slow" ? 150 : 5000 });
  const stop = new AbortController();
  try {
    if (what === "plain") return await client.chat.completions.create({ model: "gpt-4o", messages, tools });
    if (what === "refused" || what === "slow")
      return await client.chat.completions.create({ model: what, messages, tools });
    const chunks: unknown[] = [];
    const stream = await client.chat.completions.create(
      { model: what, messages, tools, stream: true },
      { signal: stop.signal },
    );
    for await (const chunk of stream) {
      chunks.push(chunk);
      if (what === "long") stop.abort();
    }
    return chunks;
  } catch (error) {
    const { name, message, status, headers } = error as Error & { status?: number; headers?: Headers };
    return { class: (error as Error).constructor.name, name, message, status, id: headers?.get("x-request-id") };
  }
}

describe("the openai SDK", () => {
  it.each(["plain", "stream", "refused", "slow", "cut", "long"])(
    "%s: the same with the tap as without",
    async (what) => {
      const direct = await outcome(model.url, what);
      const tap = await running([...TAP, model.url]);
      const through = await outcome(tap.http, what);
      expect(through).toEqual(direct);
      const [first, second] = model.seen;
      expect({ ...second, aborted: null }).toEqual({ ...first, aborted: null });
      // a cancel and a time-out reach the model
      if (what === "long" || what === "slow") await eventually(() => model.seen[1]!.aborted);
      const { out } = await tap.stop();
      const report = JSON.parse(out) as Report;
      if (what === "plain" || what === "stream")
        expect(report.incidents[0]).toMatchObject({ classifier: "registration/unknown-tool", tool: "find_claim" });
      expect(out).not.toContain(KEY);
    },
  );

  it("is recorded in the form of requests.jsonl, with the same verdict and without the key", async () => {
    const file = join(folder, "run.jsonl");
    const tap = await running([...TAP, model.url, "--record", file]);
    await outcome(tap.http, "plain");
    await outcome(tap.http, "stream");
    const { out } = await tap.stop();
    const saved = readFileSync(file, "utf8");
    expect(saved).not.toContain(KEY);
    const [plain, stream] = saved
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(Object.keys(plain!)).toEqual(
      expect.arrayContaining(["time", "method", "path", "request", "status", "response", "complete"]),
    );
    expect(stream).toMatchObject({ path: "/chat/completions", status: 200, complete: true });
    expect(stream!["events"]).toHaveLength(4);
    expect(essence(await diagnose(saved))).toEqual(essence(JSON.parse(out) as Report));
  });
});

describe("the tap", () => {
  it("gives out spans: the model call, and the tool call that the next request tells of", async () => {
    const receiver = await running([
      "listen",
      "--http-port",
      "0",
      "--grpc-port",
      "0",
      "--log-level",
      "silent",
      "-f",
      "json",
    ]);
    const tap = await running([...TAP, model.url, "--forward", receiver.http, "--queue", join(folder, "queue")]);
    const client = new OpenAI({ baseURL: tap.http, apiKey: KEY, maxRetries: 0 });
    const { choices } = await client.chat.completions.create({ model: "gpt-4o", messages, tools });
    const result = { role: "tool" as const, tool_call_id: "call_1", content: `Error: not with ${KEY}` };
    await client.chat.completions.create({
      model: "gpt-4o",
      messages: [...messages, choices[0]!.message, result],
      tools,
    });
    await tap.stop();
    const report = JSON.parse((await receiver.stop()).out) as Report;
    expect(report.coverage.spans).toBe(3);
    expect(report.incidents[0]).toMatchObject({ classifier: "registration/unknown-tool", tool: "find_claim" });
    expect(JSON.stringify(report)).not.toContain(KEY);
  });

  it("serves the anthropic SDK", async () => {
    const tap = await running([...TAP, model.url]);
    const client = new Anthropic({ baseURL: tap.http, apiKey: KEY, maxRetries: 0 });
    const answer = await client.messages.create({
      model: "claude",
      max_tokens: 10,
      messages,
      tools: [{ name: "get_claim", input_schema: { type: "object" } }],
    });
    expect(answer.content[0]).toMatchObject({ type: "tool_use", name: "find_claim" });
    const { out } = await tap.stop();
    expect((JSON.parse(out) as Report).incidents[0]).toMatchObject({
      classifier: "registration/unknown-tool",
      tool: "find_claim",
    });
  });

  it("passes on any method, header, compression and byte, and a provider that is not there", async () => {
    const zipped = brotliCompressSync("[1, 2]");
    const server = createServer((request, response) => {
      request.resume().on("end", () => {
        response.writeHead(207, "As It Were", [
          "Content-Encoding",
          "br",
          "X-Odd",
          "a",
          "x-odd",
          "b",
          "Content-Length",
          String(zipped.length),
        ]);
        response.end(request.method === "HEAD" ? undefined : zipped);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const tap = await running([...TAP, `http://127.0.0.1:${port}/base/`]);
    const answer = await fetch(`${tap.http}/x?y=1`, { method: "PUT", body: new Uint8Array(3_000_000) });
    expect([answer.status, answer.statusText, answer.headers.get("x-odd"), await answer.json()]).toEqual([
      207,
      "As It Were",
      "a, b",
      [1, 2],
    ]);
    expect((await fetch(`${tap.http}/x`, { method: "HEAD" })).headers.get("content-length")).toBe(
      String(zipped.length),
    );
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(fetch(`${tap.http}/x`)).rejects.toThrow("fetch failed");
    await tap.stop();
  });
});
