import { globSync, readFileSync } from "node:fs";
import { sentIn, type Sent } from "../test/verdict.fixture.ts";

const CAPTURES = new URL("../test/captures/", import.meta.url).pathname;

/** One run of an agent that fails to so many that do not; every failing capture instead when it is 0. */
export type Healthy = 9 | 0;

/**
 * The spans of captured runs, each time as traces of their own and an hour later, and beside each of them `ordinary` spans
 * of the same trace: requests, queries and messages as the auto-instrumentations of OpenTelemetry write them.
 */
export function spanMix(copies: number, ordinary: number, healthy: Healthy): Sent[] {
  const all = globSync("*/*/traces.jsonl", { cwd: CAPTURES }).sort();
  const [well, failing] = [all.filter((path) => HEALTHY.test(path)), all.filter((path) => !HEALTHY.test(path))];
  const few = failing.filter((_, n) => n % EVERY === 0);
  const times = Math.round((few.length * healthy) / well.length);
  const paths = healthy === 0 ? all : [...few, ...Array.from({ length: times }, () => well).flat()];
  const captured = new Map(all.map((path) => [path, sentIn(readFileSync(CAPTURES + path, "utf8"))]));
  const spans: Sent[] = [];
  Array.from({ length: copies }, () => paths)
    .flat()
    .forEach((path, run) => {
      for (const one of captured.get(path)!) {
        const agent = { ...one, span: moved(one.span, run) };
        spans.push(agent);
        for (let n = 0; n < ordinary; n++) spans.push(ordinarySpan(agent.span, spans.length));
      }
    });
  return spans;
}

const HEALTHY = /\/healthy-/;
/** Of the failing captures, so many are taken that all frameworks are among them. */
const EVERY = 9;

/** Export requests of `size` spans each, grouped by resource and scope as the SDKs and the Collector do. */
export function exportRequests(spans: readonly Sent[], size: number): Record<string, unknown>[] {
  const requests: Record<string, unknown>[] = [];
  for (let at = 0; at < spans.length; at += size) {
    const byResource = Map.groupBy(spans.slice(at, at + size), ({ resource }) => JSON.stringify(resource));
    const resourceSpans = [...byResource.values()].map((own) => ({
      resource: own[0]!.resource,
      scopeSpans: [...Map.groupBy(own, ({ scope }) => JSON.stringify(scope)).values()].map((group) => ({
        scope: group[0]!.scope,
        spans: group.map(({ span }) => span),
      })),
    }));
    requests.push({ resourceSpans });
  }
  return requests;
}

/** The span as of another run: its ids, those of its calls too, and its times. */
function moved(given: Sent["span"], run: number): Sent["span"] {
  const own = run.toString(16).padStart(4, "0");
  const span = JSON.parse(JSON.stringify(given).replaceAll(CALL_ID, `$1${own}`)) as Sent["span"];
  const later = (key: string): string => String(BigInt(String(span[key] ?? 0)) + BigInt(run) * 3_600_000_000_000n);
  return {
    ...span,
    traceId: own + String(span["traceId"]).slice(4),
    startTimeUnixNano: later("startTimeUnixNano"),
    endTimeUnixNano: later("endTimeUnixNano"),
  };
}

const CALL_ID = /\b(call_|chatcmpl-)(?=\w)/g;

function ordinarySpan(beside: Sent["span"], n: number): Sent {
  const [scope, name, kind, attributes] = ORDINARY[n % ORDINARY.length]!;
  return {
    resource: RESOURCE,
    scope: { name: scope, version: "0.60.1" },
    span: {
      traceId: beside["traceId"],
      spanId: (0xabc00000 + n).toString(16).padStart(16, "b"),
      parentSpanId: beside["spanId"],
      flags: 257,
      name,
      kind,
      startTimeUnixNano: beside["startTimeUnixNano"],
      endTimeUnixNano: beside["endTimeUnixNano"],
      attributes: attributes.map(([key, value]) => ({
        key,
        value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
      })),
      status: {},
    },
  };
}

const RESOURCE: Sent["resource"] = {
  attributes: [
    ["service.name", "claims-api"],
    ["service.version", "4.12.0"],
    ["deployment.environment.name", "production"],
    ["host.name", "ip-10-0-12-77.eu-central-1.compute.internal"],
    ["process.pid", "8241"],
    ["telemetry.sdk.language", "nodejs"],
    ["telemetry.sdk.name", "opentelemetry"],
    ["telemetry.sdk.version", "2.2.0"],
    ["k8s.pod.name", "claims-api-6d9f7c5b4d-x7k2p"],
  ].map(([key, value]) => ({ key: key!, value: { stringValue: value! } })),
};

const QUERY =
  "SELECT c.id, c.status, c.amount, p.holder FROM claims c JOIN policies p ON p.id = c.policy_id WHERE c.id = $1 AND c.deleted_at IS NULL ORDER BY c.updated_at DESC LIMIT 50";

/** Scope, name, kind and attributes, as the instrumentations of HTTP, undici, Express, pg, ioredis and kafkajs write them. */
const ORDINARY: [scope: string, name: string, kind: number, attributes: [string, string | number][]][] = [
  [
    "@opentelemetry/instrumentation-http",
    "GET /claims/:id",
    2,
    [
      ["http.request.method", "GET"],
      ["url.full", "https://claims.example.com/claims/CL-77?expand=policy,history"],
      ["url.path", "/claims/CL-77"],
      ["url.scheme", "https"],
      ["server.address", "claims.example.com"],
      ["server.port", 443],
      ["client.address", "10.0.3.17"],
      ["network.peer.address", "10.0.3.17"],
      ["network.peer.port", 51_234],
      ["network.protocol.version", "1.1"],
      ["user_agent.original", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0"],
      ["http.route", "/claims/:id"],
      ["http.response.status_code", 200],
    ],
  ],
  [
    "@opentelemetry/instrumentation-express",
    "middleware - jsonParser",
    1,
    [
      ["http.route", "/"],
      ["express.name", "jsonParser"],
      ["express.type", "middleware"],
    ],
  ],
  [
    "@opentelemetry/instrumentation-pg",
    "pg.query:SELECT claims",
    3,
    [
      ["db.system.name", "postgresql"],
      ["db.namespace", "claims"],
      ["db.query.text", QUERY],
      ["db.operation.name", "SELECT"],
      ["server.address", "claims-db.cluster-c0ffee.eu-central-1.rds.amazonaws.com"],
      ["server.port", 5432],
      ["db.user", "claims_api"],
    ],
  ],
  [
    "@opentelemetry/instrumentation-undici",
    "POST",
    3,
    [
      ["http.request.method", "POST"],
      ["http.request.method_original", "POST"],
      ["url.full", "https://payments.internal.example.com/v2/payouts"],
      ["url.path", "/v2/payouts"],
      ["url.query", ""],
      ["url.scheme", "https"],
      ["server.address", "payments.internal.example.com"],
      ["server.port", 443],
      ["user_agent.original", "undici"],
      ["network.peer.address", "10.0.8.41"],
      ["network.peer.port", 443],
      ["http.response.status_code", 201],
      ["http.response.header.content-length", 312],
    ],
  ],
  [
    "@opentelemetry/instrumentation-ioredis",
    "hgetall",
    3,
    [
      ["db.system.name", "redis"],
      ["db.query.text", "hgetall session:8f14e45f-ceea-467f-a5d6-1c2d3e4f5a6b"],
      ["server.address", "redis-master.cache.svc.cluster.local"],
      ["server.port", 6379],
      ["db.connection_string", "redis://redis-master.cache.svc.cluster.local:6379"],
    ],
  ],
  [
    "@opentelemetry/instrumentation-kafkajs",
    "send claims.updated",
    4,
    [
      ["messaging.system", "kafka"],
      ["messaging.destination.name", "claims.updated"],
      ["messaging.operation.type", "send"],
      ["messaging.operation.name", "send"],
      ["messaging.destination.partition.id", "11"],
    ],
  ],
];
