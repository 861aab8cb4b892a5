import type { Call } from "../call.ts";
import type { Printer } from "./printer.ts";
import type { Watch } from "./watch.ts";

/** Prints the report so far at the interval of `--report-every`; gives what ends that. */
export function reportEvery({ values }: Call, watch: Watch, printer: Printer): () => void {
  const seconds = values["report-every"];
  if (seconds === 0) return () => {};
  const timer = setInterval(async () => printer.end(await watch.report()), seconds * 1000);
  return () => clearInterval(timer);
}
