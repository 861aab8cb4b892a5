/**
 * `npm run lab:live`: each case as an application of its own; traced, exported by OTLP to `misfire listen`; then untraced,
 * under `misfire exec` with the tap alone. Prints what each says beside what is right; exits with 1 where they differ.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Report } from "../../src/records/report.ts";
import { CHAT_CASES } from "./chat-cases.ts";
import { serve, wait, type Reply } from "./server.ts";
import { WIRE_CASES } from "./wire-cases.ts";
import { WIRES } from "./wires.ts";

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const MISFIRE = path("../../bin/misfire.js");
const REGISTER = path("../../src/instrumentation/register.ts");
const APP = path("apps/case.ts");
const TABLES = ["Chat, openai 7", "Responses, openai 7", "Anthropic 1.14", "AI SDK 7"];

/** What no request shows as a failure: `runTools` throws and sends nothing; the AI SDK sends the error's words as any result. */
const NOT_ON_THE_WIRE = new Set(["Chat, openai 7 S10", "AI SDK 7 S10"]);

interface Case {
  script: readonly Reply[];
  cause: string | null;
}

let wrong = 0;
const [, , only] = process.argv;
for (const table of TABLES) {
  console.log(table);
  for (const { id, title } of CHAT_CASES) {
    if (only !== undefined && only !== id) continue;
    const { script, cause } = caseOf(table, id);
    const server = await serve(script);
    const env = { PATH: process.env["PATH"], OPENAI_BASE_URL: `${server.url}/v1`, ANTHROPIC_BASE_URL: server.url };
    const listened = await underListen(table, id, env);
    const tapped = await underExec(table, id, env);
    await server.close();
    const tapCause = NOT_ON_THE_WIRE.has(`${table} ${id}`) ? null : cause;
    console.log(`  ${id} ${title}\n    listen ${verdict(listened, cause)}\n    exec   ${verdict(tapped, tapCause)}`);
  }
}
process.exit(wrong > 0 ? 1 : 0);

function caseOf(table: string, id: string): Case {
  const wire = WIRES.find(({ name }) => name === table);
  if (wire === undefined) return CHAT_CASES.find((one) => one.id === id)!;
  const { script, cause } = WIRE_CASES.find((one) => one.id === id)!;
  return { script: script(wire).map((reply) => ({ named: true, ...reply })), cause };
}

function verdict(report: Report, cause: string | null): string {
  const found = report.incidents
    .filter(({ causedBy, modifiers }) => causedBy === null && !modifiers.includes("recovered"))
    .map(({ classifier }) => classifier ?? "?");
  const isRight = found.join() === (cause ?? "");
  if (!isRight) wrong += 1;
  return `${isRight ? "ok   " : "WRONG"} ${found.join() || "nothing"}${isRight ? "" : `, expected ${cause ?? "nothing"}`}`;
}

type Env = Record<string, string | undefined>;

async function underListen(table: string, id: string, env: Env): Promise<Report> {
  const listen = spawn(process.execPath, [MISFIRE, "listen", "-f", "json", "--http-port", "0", "--grpc-port", "0"], {
    env: { PATH: process.env["PATH"] },
  });
  const out = textOf(listen, "stdout");
  const port = await portOf(listen);
  const traced = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_METRICS_EXPORTER: "none" };
  await ended(spawn(process.execPath, ["--import", REGISTER, APP, table, id], { env: traced, stdio: "inherit" }));
  await wait(300);
  listen.kill("SIGINT");
  await ended(listen);
  return JSON.parse(out()) as Report;
}

async function underExec(table: string, id: string, env: Env): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "misfire-lab-"));
  const file = join(folder, "report.json");
  const options = ["exec", "--no-instrument", "-f", "json", "--report", file, "--"];
  await ended(
    spawn(process.execPath, [MISFIRE, ...options, process.execPath, APP, table, id], { env, stdio: "inherit" }),
  );
  const report = JSON.parse(readFileSync(file, "utf8")) as Report;
  rmSync(folder, { recursive: true });
  return report;
}

function ended(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.on("close", resolve));
}

function textOf(child: ChildProcess, name: "stdout" | "stderr"): () => string {
  let text = "";
  child[name]!.on("data", (bytes: Buffer) => (text += bytes.toString()));
  return () => text;
}

async function portOf(listen: ChildProcess): Promise<string> {
  const said = textOf(listen, "stderr");
  for (let tries = 0; tries < 300; tries++) {
    const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said())?.[1];
    if (port !== undefined) return port;
    await wait(100);
  }
  throw new Error(`misfire listen did not start: ${said()}`);
}
