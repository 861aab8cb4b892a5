import type { Route } from "../tap/routes.ts";

type Env = Record<string, string | undefined>;

/** How a program learns the address of its model API. `fallback`: where it goes without the variable; null: only a variable that is set is changed. */
interface Provider {
  variable: string;
  name: string;
  fallback: string | null;
}

/** From the SDKs: openai (Python, JS), @anthropic-ai/sdk, google-genai, ollama, openai's Azure clients, LangChain, groq, mistralai. */
const PROVIDERS: readonly Provider[] = [
  { variable: "OPENAI_BASE_URL", name: "openai", fallback: "https://api.openai.com/v1" },
  { variable: "OPENAI_API_BASE", name: "openai-old", fallback: null },
  { variable: "ANTHROPIC_BASE_URL", name: "anthropic", fallback: "https://api.anthropic.com" },
  { variable: "GOOGLE_GEMINI_BASE_URL", name: "gemini", fallback: "https://generativelanguage.googleapis.com" },
  { variable: "AZURE_OPENAI_ENDPOINT", name: "azure", fallback: null },
  { variable: "GROQ_BASE_URL", name: "groq", fallback: null },
  { variable: "OPENROUTER_BASE_URL", name: "openrouter", fallback: null },
];

/** One route per provider, to where its requests would have gone. */
export function routesFor(env: Env): Route[] {
  return PROVIDERS.flatMap(({ variable, name, fallback }) => {
    const before = env[variable] || fallback;
    return before !== null && before !== undefined && URL.canParse(before)
      ? [{ prefix: `/${name}`, target: new URL(before) }]
      : [];
  });
}

/** What a program is told so that its model calls go through the tap. The loopback must not be sent to a company's proxy. */
export function tapEnvironment(env: Env, port: number): Env {
  const names = new Set(routesFor(env).map(({ prefix }) => prefix.slice(1)));
  const changed: Env = Object.fromEntries(
    PROVIDERS.filter(({ name }) => names.has(name)).map(({ variable, name }) => [
      variable,
      `http://127.0.0.1:${port}/${name}`,
    ]),
  );
  if (PROXIES.some((name) => env[name])) {
    const direct = [env["NO_PROXY"] ?? env["no_proxy"], "127.0.0.1", "localhost"].filter(Boolean).join(",");
    changed["NO_PROXY"] = direct;
    changed["no_proxy"] = direct;
  }
  return changed;
}

const PROXIES = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"];

/** Where a program's telemetry went before, to be passed on there. */
export interface Collector {
  to: URL;
  /** As OTEL_EXPORTER_OTLP_HEADERS has them. */
  headers: string;
}

/** What an OpenTelemetry SDK is told. `isOurs`: what it exports goes no further than to us. */
export function otelEnvironment(env: Env, port: number, isOurs: boolean): Env {
  const defaults: Env = {
    // what is in the queue when the program ends badly is lost: keep it short
    OTEL_BSP_SCHEDULE_DELAY: "500",
    OTEL_BLRP_SCHEDULE_DELAY: "500",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    // why a call failed is in its arguments and results; they are left out by default for those who send them away
    ...(isOurs && { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: contentMode(env) }),
  };
  const told = Object.fromEntries(Object.entries(defaults).filter(([name]) => !env[name]));
  return { ...told, OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` };
}

/** The instrumentations of the latest conventions have a mode where the older ones have a switch (opentelemetry-util-genai). */
function contentMode(env: Env): string {
  return env["OTEL_SEMCONV_STABILITY_OPT_IN"]?.includes("gen_ai_latest_experimental") === true
    ? "SPAN_AND_EVENT"
    : "true";
}

/**
 * Where its telemetry goes: "nowhere" yet, to a collector that it can be passed on to, or "elsewhere", to endpoints of each
 * signal or one that is no URL: that is left as it is.
 */
export function collectorOf(env: Env): Collector | "nowhere" | "elsewhere" {
  if (Object.keys(env).some((name) => /^OTEL_EXPORTER_OTLP_\w+_ENDPOINT$/.test(name) && env[name])) return "elsewhere";
  const endpoint = env["OTEL_EXPORTER_OTLP_ENDPOINT"];
  if (!endpoint) return "nowhere";
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) return "elsewhere";
  const isGrpc = env["OTEL_EXPORTER_OTLP_PROTOCOL"] === "grpc";
  return {
    to: new URL(isGrpc ? endpoint.replace(/^http/, "grpc") : endpoint),
    headers: env["OTEL_EXPORTER_OTLP_HEADERS"] ?? "",
  };
}

/** Its output is a pipe now: what a program would do at a terminal it shall go on doing. */
export function outputEnvironment(env: Env, isTerminal: boolean): Env {
  const wanted: Env = { PYTHONUNBUFFERED: "1" };
  if (isTerminal && !env["NO_COLOR"])
    Object.assign(wanted, { FORCE_COLOR: "1", CLICOLOR_FORCE: "1", PY_COLORS: "1", TTY_COMPATIBLE: "1" });
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => env[name] === undefined));
}
