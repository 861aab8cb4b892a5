import { readFileSync } from "node:fs";
import type { Report } from "../../src/index.ts";
import { cli, type Ran } from "../cli/run.ts";

/** A captured run: what its traces (or its log, its exchanges) say, and what misfire says about it. */
export function capture(name: string): Buffer {
  return readFileSync(new URL(`../captures/${name}`, import.meta.url));
}

export interface Running {
  http: string;
  grpc: string;
  /** What was printed so far. */
  out(): string;
  err(): string;
  stop(): Promise<Ran>;
}

/** A command that goes on until it is stopped, inside this process; `ready` tells its addresses from what it says on stderr. */
export async function running(argv: string[], ready = /127\.0\.0\.1:\d+/): Promise<Running> {
  const stop = new AbortController();
  let [out, err] = ["", ""];
  let said = (): void => {};
  const ended = cli(argv, {
    signal: stop.signal,
    out: (text) => {
      out += text;
      said();
    },
    err: (text) => {
      err += text;
      said();
    },
  }).then((ran) => ({ ...ran, out, err }));
  await Promise.race([until(() => ready.test(err)), ended]);
  if (!ready.test(err)) throw new Error(`did not start: ${err}`);
  const [http = "", grpc = ""] = [...err.matchAll(/127\.0\.0\.1:\d+/g)].map(([address]) => address);
  return {
    http: `http://${http}`,
    grpc,
    out: () => out,
    err: () => err,
    stop() {
      stop.abort();
      return ended;
    },
  };

  async function until(done: () => boolean): Promise<void> {
    while (!done()) await new Promise<void>((resolve) => (said = resolve));
  }
}

/** Ends when it is so; looks often. */
export async function eventually(isSo: () => boolean, ms = 3000): Promise<void> {
  const begun = performance.now();
  while (!isSo()) {
    if (performance.now() - begun > ms) throw new Error("did not happen in time");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a report says, without where it was read. */
export function essence(report: Report): unknown {
  return {
    verdict: report.verdict,
    incidents: report.incidents.map(({ classifier, tool, count, facts, modifiers }) => ({
      classifier,
      tool,
      count,
      facts,
      modifiers,
    })),
    totals: report.totals,
  };
}
