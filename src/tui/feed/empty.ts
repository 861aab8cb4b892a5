import type { Report } from "../../index.ts";
import type { Lines } from "../logs/lines.ts";
import type { Snapshot, Status } from "./snapshot.ts";

/** Before anything was read. */
export function emptySnapshot(lines: Lines, status: Status): Snapshot {
  return {
    version: 0,
    data: 0,
    report: NOTHING,
    times: new Map(),
    lines,
    runs: () => [],
    run: () => undefined,
    arrived: new Set(),
    status,
  };
}

export const NOTHING: Report = {
  schema: "misfire.report/1",
  version: "",
  verdict: "no-agent-data",
  sources: [],
  incidents: [],
  unclassified: [],
  totals: { requested: 0, answered: 0, failed: 0, recovered: 0 },
  coverage: { records: 0, spans: 0, dialects: [], dropped: {}, skipped: [], notes: [] },
};
