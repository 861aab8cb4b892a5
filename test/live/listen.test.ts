import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { tmpdir } from "node:os";
import { deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { cli } from "../cli/run.ts";
import { exporterOf, exportRun, PROTOCOLS } from "./exporters.ts";
import { capture, essence, eventually, running } from "./listening.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-listen-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LISTEN = ["listen", "--http-port", "0", "--grpc-port", "0", "--log-level", "silent"];
const FAILED = "autogen@0.7.5/orders-unknown-tool+native/traces.jsonl";

async function post(url: string, body: Uint8Array | string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: "POST",
    body: body as Uint8Array<ArrayBuffer>,
    headers: { "content-type": "application/json", ...headers },
  });
}

function lastReport(out: string): Report {
  return JSON.parse(out.trimEnd().split("\n").at(-1)!) as Report;
}

describe("the exporters of the SDK", () => {
  it.each(PROTOCOLS.flatMap((protocol) => [false, true].map((zip) => ({ protocol, zip }))))(
    "$protocol, gzip $zip: a finding within a second",
    async ({ protocol, zip }) => {
      const listen = await running([...LISTEN, "-f", "ndjson"]);
      await exportRun(exporterOf(protocol, listen, zip), "4bf92f3577b34da6a3ce929d0e0e4736");
      await eventually(() => listen.out().includes("registration/unknown-tool"), 1000);
      const { out, code } = await listen.stop();
      const [finding] = out.split("\n").map((line) => JSON.parse(line || "{}") as Record<string, unknown>);
      expect(finding).toMatchObject({
        type: "finding",
        classifier: "registration/unknown-tool",
        tool: "find_claim",
        callId: "call_1",
      });
      expect(lastReport(out).incidents.map(({ classifier, count }) => [classifier, count])).toEqual([
        ["registration/unknown-tool", 1],
      ]);
      expect(code).toBe(1);
    },
  );
});

describe("a captured run", () => {
  const lines = capture(FAILED).toString().trimEnd().split("\n");

  it("gives the report of its file, and so does its recording", async () => {
    const file = join(folder, "run.otlp");
    const listen = await running([...LISTEN, "-f", "json", "--record", file]);
    for (const line of lines) expect((await post(`${listen.http}/v1/traces`, line)).status).toBe(200);
    const { out } = await listen.stop();
    const saved = essence(await diagnose(capture(FAILED), { name: "traces.jsonl" }));
    expect(essence(JSON.parse(out) as Report)).toEqual(saved);
    const again = await cli(["-f", "json", file]);
    expect(essence(JSON.parse(again.out) as Report)).toEqual(saved);
  });

  it.each([
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["zstd", zstdCompressSync],
  ] as const)("may come as %s", async (encoding, compress) => {
    const listen = await running([...LISTEN, "-f", "json"]);
    for (const line of lines)
      expect((await post(`${listen.http}/v1/traces`, compress(line), { "content-encoding": encoding })).status).toBe(
        200,
      );
    const { out } = await listen.stop();
    expect((JSON.parse(out) as Report).incidents[0]?.classifier).toBe("registration/unknown-tool");
  });
});

describe("the answers", () => {
  it("are to the letter of OTLP", async () => {
    const listen = await running([...LISTEN, "-q"]);
    const traces = `${listen.http}/v1/traces`;
    const status = async (response: Promise<Response>) => (await response).status;
    const empty = await post(traces, "{}");
    expect([empty.status, empty.headers.get("content-type"), await empty.text()]).toEqual([
      200,
      "application/json",
      "{}",
    ]);
    const proto = await post(traces, new Uint8Array(), { "content-type": "application/x-protobuf" });
    expect([proto.status, proto.headers.get("content-type"), await proto.text()]).toEqual([
      200,
      "application/x-protobuf",
      "",
    ]);
    const partial = await post(
      traces,
      JSON.stringify({
        resourceSpans: [
          {
            scopeSpans: [
              {
                spans: [
                  { name: "no ids" },
                  { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7", name: "ok" },
                ],
              },
            ],
          },
        ],
      }),
    );
    expect(await partial.json()).toMatchObject({ partialSuccess: { rejectedSpans: "1" } });
    const bad = await post(traces, "{ not json", { "content-type": "application/json; charset=utf-8" });
    expect([bad.status, await bad.json()]).toMatchObject([400, { code: 3 }]);
    expect(await status(post(traces, "hello", { "content-type": "application/x-protobuf" }))).toBe(400);
    expect(await status(post(traces, "{}", { "content-type": "text/plain" }))).toBe(415);
    expect(await status(post(traces, "{}", { "content-encoding": "br" }))).toBe(415);
    expect(await status(post(traces, "no gzip", { "content-encoding": "gzip" }))).toBe(400);
    expect(await status(fetch(traces))).toBe(405);
    expect(await status(post(`${listen.http}/v2/traces`, "{}"))).toBe(404);
    expect(await status(post(traces, gzipSync(Buffer.alloc(65 << 20, 32)), { "content-encoding": "gzip" }))).toBe(413);
    expect(
      await status(
        post(
          `${listen.http}/v1/metrics`,
          JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "a" }] }] }] }),
        ),
      ),
    ).toBe(200);
    expect(await (await fetch(`${listen.http}/health`)).json()).toEqual({ status: "ok" });
    const metrics = await (await fetch(`${listen.http}/metrics`)).text();
    expect(metrics).toContain('misfire_items_total{signal="traces",outcome="rejected"} 1');
    expect(metrics).toContain('misfire_items_total{signal="metrics",outcome="accepted"} 1');
    expect(
      (await fetch(traces, { method: "OPTIONS", headers: { origin: "http://evil.example" } })).headers.get(
        "access-control-allow-origin",
      ),
    ).toBeNull();
    await listen.stop();
  });

  it("let in who has the token, and pages of the origins named", async () => {
    const listen = await running([...LISTEN, "-q", "--token", "open-sesame", "--cors-origin", "http://localhost:3000"]);
    const traces = `${listen.http}/v1/traces`;
    expect((await post(traces, "{}")).status).toBe(401);
    expect((await post(traces, "{}", { authorization: "Bearer open-sesame" })).status).toBe(200);
    const preflight = await fetch(traces, {
      method: "OPTIONS",
      headers: { origin: "http://localhost:3000", "access-control-request-headers": "content-type,authorization" },
    });
    expect([preflight.status, preflight.headers.get("access-control-allow-headers")]).toEqual([
      204,
      "content-type,authorization",
    ]);
    await expect(
      exportRun(exporterOf("grpc", listen, false), "4bf92f3577b34da6a3ce929d0e0e4736"),
    ).rejects.toBeDefined();
    const { out } = await listen.stop();
    expect(out).toBe("");
  });

  it("refuse to listen for others without TLS and a token, or on a port that is taken", async () => {
    expect(await cli([...LISTEN, "--host", "0.0.0.0"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("--tls-cert") as string,
    });
    expect(await cli(["listen", "--http-port", "80000"])).toMatchObject({
      code: 2,
      err: "misfire: 80000 is no port: give --http-port up to 65535 (0 for any free one)\n",
    });
    const listen = await running(LISTEN);
    const port = new URL(listen.http).port;
    expect(await cli(["listen", "--http-port", port, "--grpc-port", "0"])).toMatchObject({
      code: 2,
      err: expect.stringContaining("is taken") as string,
    });
    await listen.stop();
  });
});
