import type { RunView } from "../../compare-tools.ts";
import { bars as heights } from "./sparkline.ts";

/** A stretch of time in a run: a span, or where there are none a call. */
export interface Bar {
  name: string;
  agent: string;
  depth: number;
  status: "unset" | "ok" | "error";
  failed: boolean;
  message: string | null;
  /** Key of the call. */
  call: string | null;
  /** Duration. */
  ms: number | null;
  /** From the start of the run, as shares of its length. */
  from: number;
  to: number;
  draw(width: number): string;
}

export function barsOf(run: RunView): Bar[] {
  const rows =
    run.spans.length > 0
      ? run.spans.map((span) => ({ ...span, start: span.startMs, ms: span.durationMs }))
      : run.calls.flatMap((call) =>
          call.atMs === null
            ? []
            : [
                {
                  name: call.tool ?? "?",
                  depth: 0,
                  status: "unset" as const,
                  failed: call.causes.length > 0 || call.outcome === "failed",
                  message: null,
                  call: call.key,
                  start: call.atMs,
                  ms: call.durationMs,
                },
              ],
        );
  const total = Math.max(1e-6, run.durationMs ?? 0, ...rows.map(({ start, ms }) => (start ?? 0) + (ms ?? 0)));
  // the agent is that of the innermost span around which names one
  const agents: string[] = [];
  return rows.map((row) => {
    const named = /^invoke_agent (.+)$/.exec(row.name)?.[1];
    agents.length = row.depth;
    agents[row.depth] = named ?? agents[row.depth - 1] ?? run.agents[0] ?? "";
    const from = Math.max(0, (row.start ?? 0) / total);
    const to = Math.min(1, from + (row.ms ?? 0) / total);
    const { name, depth, status, failed, message, call, ms } = row;
    return {
      name,
      agent: agents[row.depth]!,
      depth,
      status,
      failed,
      message,
      call,
      ms,
      from,
      to,
      draw: (width) => drawn(from, to, width),
    };
  });
}

function drawn(from: number, to: number, width: number): string {
  const at = Math.min(width - 1, Math.floor(from * width));
  const length = Math.max(1, Math.min(width - at, Math.round((to - from) * width)));
  return `${" ".repeat(at)}${"━".repeat(length)}${" ".repeat(width - at - length)}`;
}

/** How many of the innermost stretches ran at each moment. */
export function inFlight(bars: readonly Bar[], width: number): string {
  const counts = Array.from({ length: width }, () => 0);
  const leaves = bars.filter((bar, n) => (bars[n + 1]?.depth ?? 0) <= bar.depth);
  for (const { from, to } of leaves) {
    const last = Math.min(width - 1, Math.max(Math.floor(from * width), Math.ceil(to * width) - 1));
    for (let at = Math.min(width - 1, Math.floor(from * width)); at <= last; at++) counts[at]!++;
  }
  return heights(counts);
}

/** Each agent on a line of its own; none where there is one agent. */
export function laneRows(bars: readonly Bar[], width: number): { agent: string; line: string; failed: boolean }[] {
  const lanes = Map.groupBy(bars, ({ agent }) => agent);
  if (lanes.size < 2) return [];
  return [...lanes].slice(0, 20).map(([agent, own]) => {
    const cells = Array.from({ length: width }, () => " ");
    for (const bar of own) {
      const at = Math.min(width - 1, Math.floor(bar.from * width));
      const end = Math.max(at + 1, Math.min(width, Math.round(bar.to * width)));
      for (let n = at; n < end; n++) if (cells[n] !== "✗") cells[n] = bar.failed && n === at ? "✗" : "━";
    }
    return { agent: agent || "no agent", line: cells.join(""), failed: own.some(({ failed }) => failed) };
  });
}
