import { credentials, Metadata } from "@grpc/grpc-js";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { Report } from "../../src/index.ts";
import { exportRun } from "./exporters.ts";
import { running } from "./listening.ts";

const file = (name: string): string => fileURLToPath(new URL(`testdata/${name}`, import.meta.url));
const ca = readFileSync(file("cert.pem"));

function post(port: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
    const sent = request({ host: "127.0.0.1", port, path: "/v1/traces", method: "POST", ca, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode!);
    });
    sent.on("error", reject);
    sent.end("{}");
  });
}

describe("beyond loopback", () => {
  it("TLS and a token are needed, and serve HTTP and gRPC", async () => {
    const tls = ["--tls-cert", file("cert.pem"), "--tls-key", file("key.pem"), "--token", "open-sesame"];
    const listen = await running(
      [
        "listen",
        "--host",
        "0.0.0.0",
        "--http-port",
        "0",
        "--grpc-port",
        "0",
        "--log-level",
        "silent",
        "-f",
        "json",
        ...tls,
      ],
      /listening/,
    );
    const [http, grpc] = [...listen.err().matchAll(/0\.0\.0\.0:(\d+)/g)].map(([, port]) => port!);
    expect([await post(http!, "open-sesame"), await post(http!, "wrong")]).toEqual([200, 401]);
    const metadata = new Metadata();
    metadata.set("authorization", "Bearer open-sesame");
    await exportRun(
      new OTLPTraceExporter({ url: `https://127.0.0.1:${grpc}`, credentials: credentials.createSsl(ca), metadata }),
      "4bf92f3577b34da6a3ce929d0e0e4736",
    );
    const { out } = await listen.stop();
    expect((JSON.parse(out) as Report).incidents[0]?.classifier).toBe("registration/unknown-tool");
  });
});
