import { Client, credentials, Metadata, type ServiceError } from "@grpc/grpc-js";
import { describe, expect, it } from "vitest";
import { startEndpoints, type EndpointOptions } from "../../src/sources/otlp/endpoints.ts";
import type { Outcome } from "../../src/sources/otlp/export.ts";

const OPTIONS: EndpointOptions = {
  host: "127.0.0.1",
  httpPort: 0,
  grpcPort: 0,
  access: { token: null, tls: null },
  maxRequest: 1 << 20,
  maxInFlight: 1 << 20,
  corsOrigins: [],
  pages: () => new Map(),
  log: () => {},
};

function send(port: number, bytes: Buffer): Promise<ServiceError | Buffer> {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const same = (data: Buffer): Buffer => data;
  return new Promise((resolve) => {
    client.makeUnaryRequest(
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
      same,
      same,
      bytes,
      new Metadata(),
      (error, answer) => {
        resolve(error ?? answer!);
        client.close();
      },
    );
  });
}

describe("what senders are told", () => {
  it.each([
    [{ kind: "busy", message: "full", retryAfter: 7 }, 503, 14],
    [{ kind: "malformed", message: "no" }, 400, 3],
  ] as [Outcome, number, number][])("%o", async (outcome, status, code) => {
    const endpoints = await startEndpoints(() => outcome, OPTIONS);
    const http = await fetch(`http://127.0.0.1:${endpoints.httpPort}/v1/traces`, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect([http.status, http.headers.get("retry-after")]).toEqual([status, outcome.kind === "busy" ? "7" : null]);
    expect(await http.json()).toMatchObject({ code, message: outcome.kind === "taken" ? "" : outcome.message });
    const error = (await send(endpoints.grpcPort, Buffer.alloc(0))) as ServiceError;
    expect(error.code).toBe(code);
    const [details] = error.metadata.get("grpc-status-details-bin") as Buffer[];
    // Status { details: Any { RetryInfo { Duration { seconds: 7 } } } }
    if (outcome.kind === "busy") expect(details!.includes(Buffer.from([0x12, 0x04, 0x0a, 0x02, 0x08, 7]))).toBe(true);
    else expect(details).toBeUndefined();
    await endpoints.close();
  });

  it("about requests that are too large, and about items that were rejected", async () => {
    const endpoints = await startEndpoints(() => ({ kind: "taken", rejected: 300, message: "why" }), OPTIONS);
    const error = (await send(endpoints.grpcPort, Buffer.alloc(2 << 20))) as ServiceError;
    expect([error.code, error.metadata.get("grpc-status-details-bin")]).toEqual([8, []]);
    // ExportTracePartialSuccess { rejected_spans: 300, error_message: "why" }
    expect(await send(endpoints.grpcPort, Buffer.alloc(0))).toEqual(
      Buffer.from([0x0a, 8, 0x08, 0xac, 0x02, 0x12, 3, ...Buffer.from("why")]),
    );
    await endpoints.close();
  });
});
