import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { mkdtempSync, readFileSync, rmSync, truncateSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { diagnose, type Report } from "../../src/index.ts";
import { openQueue } from "../../src/sources/forward/queue.ts";
import { MISFIRE } from "./executing.ts";
import { exporterOf, exportRun } from "./exporters.ts";
import { capture, essence, eventually, running } from "./listening.ts";

const folder = mkdtempSync(join(tmpdir(), "misfire-forward-"));
afterAll(() => rmSync(folder, { recursive: true }));

const TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
const LISTEN = ["listen", "--http-port", "0", "--grpc-port", "0", "--log-level", "silent", "-f", "json"];
const lines = capture("autogen@0.7.5/orders-unknown-tool+native/traces.jsonl").toString().trimEnd().split("\n");
const post = (url: string, body: string | Uint8Array) =>
  fetch(`${url}/v1/traces`, { method: "POST", body: body as string, headers: { "content-type": "application/json" } });

describe("the queue of --forward", () => {
  const batch = (text: string) => ({
    signal: "traces" as const,
    encoding: "protobuf" as const,
    bytes: Buffer.from(text),
    isClean: true,
  });

  it("joins clean protobuf of one signal, keeps the order, and has what was put in before a crash", async () => {
    const path = join(folder, "queue");
    const first = await openQueue(path, 1000);
    for (const text of ["a", "b"]) expect(await first.put(batch(text))).toBe(true);
    await first.put({ ...batch("c"), signal: "logs" });
    expect((await first.peek(100)).map(({ bytes }) => bytes.toString())).toEqual(["a", "b"]);
    first.done();
    expect(await first.put(batch("x".repeat(2000)))).toBe(false);
    await first.put(batch("half"));
    // no close: killed, in the middle of a write
    truncateSync(join(path, "00000001.queue"), readFileSync(join(path, "00000001.queue")).length - 2);
    const second = await openQueue(path, 1000);
    await second.put(batch("d"));
    const rest: string[] = [];
    for (let some = await second.peek(1); some.length > 0; some = await second.peek(1)) {
      rest.push(...some.map(({ bytes }) => Buffer.from(bytes).toString()));
      second.done();
    }
    expect(rest).toEqual(["c", "d"]);
    expect(second.bytes).toBe(0);
    await second.close();
    await first.close();
  });
});

describe("misfire listen --forward", () => {
  it.each(["http", "grpc"] as const)(
    "passes on by %s what it received by the other, with the same verdict",
    async (kind) => {
      const target = await running(LISTEN);
      const to = kind === "http" ? target.http : `grpc://${target.grpc}`;
      const between = await running([...LISTEN, "--forward", to, "--queue", join(folder, `between-${kind}`)]);
      await exportRun(exporterOf(kind === "http" ? "grpc" : "http/protobuf", between, true), TRACE);
      if (kind === "http") for (const line of lines) expect((await post(between.http, line)).status).toBe(200);
      else expect((await post(between.http, lines[0]!)).status).toBe(400);
      const [first, second] = [(await between.stop()).out, (await target.stop()).out];
      expect((JSON.parse(second) as Report).incidents[0]?.classifier).toBe("registration/unknown-tool");
      expect(essence(JSON.parse(second) as Report)).toEqual(essence(JSON.parse(first) as Report));
    },
  );

  it("waits for a receiver that is busy, and drops what it refuses", async () => {
    const answers = [503, 200, 400, 200];
    const seen: number[] = [];
    const server = createServer((request, response) => {
      request
        .resume()
        .on("end", () => response.writeHead(answers[seen.push(1) - 1] ?? 200, { "retry-after": "0" }).end("{}"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const between = await running([
      ...LISTEN,
      "--forward",
      `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      "--queue",
      join(folder, "busy"),
    ]);
    for (let n = 0; n < 3; n++) await post(between.http, lines[0]!);
    await eventually(() => seen.length === 4);
    await eventually(() => seen.length === 4);
    const metrics = await (await fetch(`${between.http}/metrics`)).text();
    expect(metrics).toContain('misfire_forwarded_total{outcome="refused"} 1');
    expect(metrics).toContain('misfire_forwarded_total{outcome="again"} 1');
    await between.stop();
    server.close();
    server.closeAllConnections();
  });
});

/** `misfire listen` in a process of its own that can be killed, with a recording and a queue to `forward`. */
async function killable(name: string, forward: string) {
  const [file, queue] = [join(folder, `${name}.otlp`), join(folder, name)];
  const argv = ["--record", file, "--queue", queue, "--forward", forward];
  const child = spawn(process.execPath, [MISFIRE, ...LISTEN, ...argv], { stdio: ["ignore", "ignore", "pipe"] });
  let err = "";
  child.stderr.on("data", (text) => (err += String(text)));
  await eventually(() => err.includes("listening"), 15_000);
  return {
    file,
    queue,
    url: /http:\/\/127\.0\.0\.1:\d+/.exec(err)![0],
    async kill() {
      child.kill("SIGKILL");
      await new Promise((resolve) => child.on("exit", resolve));
    },
  };
}

/** Sends what a queue that was left behind still has. */
async function drain(queue: string, forward: string): Promise<void> {
  const listen = await running([...LISTEN, "--queue", queue, "--forward", forward]);
  for (let left = 1; left > 0;) {
    const metrics = await (await fetch(`${listen.http}/metrics`)).text();
    left = Number(/^misfire_forward_waiting_bytes (\d+)/m.exec(metrics)![1]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await listen.stop();
}

/** A receiver that is busy every third time; the bodies that it took. */
async function receiver() {
  const taken: string[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (text) => (body += String(text)));
    request.on("end", () => {
      const isBusy = asked++ % 3 === 0;
      if (!isBusy) taken.push(body);
      response.writeHead(isBusy ? 503 : 200, { "retry-after": "0" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Eight senders, until nobody answers any more; adds the traces that were acknowledged. */
async function sendUntilCut(url: string, run: number, acknowledged: string[]): Promise<void> {
  let next = 1;
  const send = async (): Promise<void> => {
    for (;;) {
      const traceId = `${run}${String(next++).padStart(31, "0")}`;
      const span = { traceId, spanId: "00f067aa0ba902b7", name: "work", attributes: [] };
      const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] });
      const answer = await post(url, body).catch(() => null);
      if (answer === null) return;
      if (answer.status === 200) acknowledged.push(traceId);
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
}

describe("kill -9", () => {
  it("loses nothing that was acknowledged: the recording and the queue have the whole run", async () => {
    const listen = await killable("killed", "http://127.0.0.1:9");
    for (const line of lines) expect((await post(listen.url, line)).status).toBe(200);
    await listen.kill();
    const saved = essence(await diagnose(capture("autogen@0.7.5/orders-unknown-tool+native/traces.jsonl")));
    expect(essence(await diagnose(readFileSync(listen.file)))).toEqual(saved);
    const target = await running(LISTEN);
    await drain(listen.queue, target.http);
    expect(essence(JSON.parse((await target.stop()).out) as Report)).toEqual(saved);
  });

  it.each([1, 40, 300])("three times in the middle of many requests, each after %d answers", async (answers) => {
    const to = await receiver();
    const acknowledged: string[] = [];
    let [file, queue] = ["", ""];
    for (const run of [1, 2, 3]) {
      const listen = await killable(`busy-${answers}`, to.url);
      [file, queue] = [listen.file, listen.queue];
      const before = acknowledged.length;
      const sending = sendUntilCut(listen.url, run, acknowledged);
      await eventually(() => acknowledged.length >= before + answers, 30_000);
      await listen.kill();
      await sending;
    }
    await drain(queue, to.url);
    to.close();
    const forwarded = new Set(to.taken.flatMap((body) => /"traceId":"(\w+)"/.exec(body)?.[1] ?? []));
    expect(acknowledged.filter((id) => !forwarded.has(id))).toEqual([]);
    const recorded = new Set<string>();
    await diagnose(readFileSync(file), { spans: ({ traceId }) => void recorded.add(traceId) });
    expect(acknowledged.filter((id) => !recorded.has(id))).toEqual([]);
  });
});
