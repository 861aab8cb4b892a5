/** What is recorded. Read from the environment once; `configure` of an existing set-up has the last word. */
export interface Settings {
  /** False: every wrapper only passes through. */
  enabled: boolean;
  /** Messages, arguments and results, redacted and cut. */
  content: boolean;
  /** Raw arguments although `content` is off. */
  args: boolean;
  /** Schemas and descriptions of the offered tools; names are always recorded. */
  definitions: boolean;
  /** Most characters of one recorded text. */
  maxText: number;
  /** Most characters of a tool result before a warning. */
  maxResult: number;
  /** The names that the GenAI conventions took after 1.41. */
  latest: boolean;
  /** Takes the warnings, once each; a pino logger fits. */
  logger: Logger | null;
}

export interface Logger {
  warn(fields: Record<string, unknown>, message: string): void;
}

export function settings(): Settings {
  return (current ??= fromEnvironment(process.env));
}

export function configure(changes: Partial<Settings>): Settings {
  return (current = { ...settings(), ...changes });
}

let current: Settings | null = null;

export function fromEnvironment(env: Record<string, string | undefined>): Settings {
  return {
    enabled: !isTrue(env["OTEL_SDK_DISABLED"]) && !OFF.has((env["MISFIRE_INSTRUMENTATION"] ?? "").toLowerCase()),
    content: CAPTURE.has((env["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] ?? "").toLowerCase()),
    args: isTrue(env["MISFIRE_CAPTURE_ARGUMENTS"]),
    definitions: env["MISFIRE_CAPTURE_DEFINITIONS"]?.toLowerCase() !== "names",
    maxText: number(env["MISFIRE_MAX_TEXT"], 32_768),
    maxResult: number(env["MISFIRE_MAX_RESULT"], 100_000),
    latest: (env["OTEL_SEMCONV_STABILITY_OPT_IN"] ?? "")
      .split(",")
      .some((part) => part.trim() === "gen_ai_latest_experimental"),
    logger: null,
  };
}

const OFF = new Set(["off", "false", "0", "none", "disabled"]);
/** `true`, and the values of the Python instrumentations that put content on spans. */
const CAPTURE = new Set(["true", "1", "span_only", "span_and_event"]);

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true" || value === "1";
}

function number(value: string | undefined, otherwise: number): number {
  const parsed = Number(value);
  return value !== undefined && value !== "" && Number.isSafeInteger(parsed) && parsed >= 0 ? parsed : otherwise;
}
