import type { HttpOptions } from "../../sources/otlp/http.ts";
import type { Call } from "../call.ts";

/** The servers' own log: JSON lines on stderr (pino), from `--log-level` on. */
export async function openLog({ values, io }: Call): Promise<HttpOptions["log"]> {
  if (values["log-level"] === "silent") return () => {};
  const { pino } = await import("pino");
  const logger = pino({ name: "misfire", level: values["log-level"] }, { write: (line: string) => io.err(line) });
  return (level, what, more) => logger[level](more, what);
}
