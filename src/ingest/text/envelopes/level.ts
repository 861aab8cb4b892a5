import type { LogRecord } from "../../../records/records.ts";

export type Level = LogRecord["level"];

/** Scales of numeric levels: pino and bunyan (10 to 60), Python (10 to 50), syslog (7 to 0), OpenTelemetry (1 to 24). */
export type LevelScale = "pino" | "python" | "syslog" | "otel";

const NAMES: Record<string, Level> = {
  trace: "trace",
  silly: "trace",
  verbose: "debug",
  debug: "debug",
  info: "info",
  information: "info",
  informational: "info",
  notice: "info",
  success: "info",
  log: "info",
  http: "info",
  default: "info",
  warn: "warn",
  warning: "warn",
  error: "error",
  err: "error",
  severe: "error",
  exception: "error",
  critical: "fatal",
  crit: "fatal",
  fatal: "fatal",
  alert: "fatal",
  emerg: "fatal",
  emergency: "fatal",
  panic: "fatal",
};

const SYSLOG: readonly Level[] = ["fatal", "fatal", "fatal", "error", "warn", "info", "info", "debug"];

/** A level as a logger writes it, by name or by number. */
export function readLevel(value: unknown, scale: LevelScale = "pino"): Level {
  if (typeof value === "number") return fromNumber(value, scale);
  if (typeof value !== "string" || value.length > 20) return null;
  const name = value.trim().toLowerCase();
  if (Object.hasOwn(NAMES, name)) return NAMES[name] ?? null;
  return /^\d{1,2}$/.test(name) ? fromNumber(Number(name), scale) : null;
}

function fromNumber(value: number, scale: LevelScale): Level {
  if (scale === "syslog") return SYSLOG[value] ?? null;
  if (scale === "otel") return value < 1 || value > 24 ? null : OTEL[Math.floor((value - 1) / 4)]!;
  const step = Math.floor(value / 10);
  return (scale === "python" ? PYTHON : PINO)[step] ?? null;
}

const OTEL: readonly Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];
const PINO: readonly Level[] = ["trace", "trace", "debug", "info", "warn", "error", "fatal"];
const PYTHON: readonly Level[] = ["trace", "debug", "info", "warn", "error", "fatal"];
