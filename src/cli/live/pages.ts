import type { Forwarder } from "../../sources/forward/forwarder.ts";
import type { Counts } from "../../sources/otlp/export.ts";
import type { HttpOptions } from "../../sources/otlp/http.ts";
import { metricsText } from "../../sources/otlp/metrics-text.ts";
import type { Recording } from "../../sources/record/record.ts";
import type { Watch } from "./watch.ts";

/** What the HTTP port shows beside OTLP. */
export function pagesOf(
  counts: Counts,
  live: Watch["live"],
  recording: Recording | null,
  forwarder: Forwarder | null,
): HttpOptions["pages"] {
  const health = () => ({ type: "application/json", body: `${JSON.stringify({ status: "ok" })}\n` });
  return new Map([
    ["/health", health],
    ["/metrics", () => ({ type: "text/plain; version=0.0.4", body: metricsOf(counts, live, recording, forwarder) })],
  ]);
}

function metricsOf(
  counts: Counts,
  live: Watch["live"],
  recording: Recording | null,
  forwarder: Forwarder | null,
): string {
  const single = (value: number) => [{ labels: {}, value }];
  const labelled = (map: Map<string, number>, names: readonly string[]) =>
    [...map].map(([key, value]) => ({
      labels: Object.fromEntries(key.split(" ").map((word, i) => [names[i]!, word])),
      value,
    }));
  return metricsText([
    {
      name: "misfire_requests_total",
      type: "counter",
      help: "Export requests by signal, protocol and outcome.",
      values: labelled(counts.requests, ["signal", "protocol", "outcome"]),
    },
    {
      name: "misfire_items_total",
      type: "counter",
      help: "Spans, log records and metrics.",
      values: labelled(counts.items, ["signal", "outcome"]),
    },
    {
      name: "misfire_received_bytes_total",
      type: "counter",
      help: "Bytes of requests, decompressed.",
      values: single(counts.bytes),
    },
    {
      name: "misfire_requests_in_flight",
      type: "gauge",
      help: "Requests that are being read or judged.",
      values: single(counts.inFlight),
    },
    { name: "misfire_open_runs", type: "gauge", help: "Runs that may still grow.", values: single(live.openRuns) },
    {
      name: "misfire_recorded_bytes_total",
      type: "counter",
      help: "Bytes written by --record.",
      values: single(recording?.bytes ?? 0),
    },
    {
      name: "misfire_forwarded_total",
      type: "counter",
      help: "Batches of --forward by outcome.",
      values: Object.entries(forwarder?.counts ?? {}).map(([outcome, value]) => ({ labels: { outcome }, value })),
    },
    {
      name: "misfire_forward_waiting_bytes",
      type: "gauge",
      help: "Bytes in the queue of --forward.",
      values: single(forwarder?.waiting ?? 0),
    },
    {
      name: "misfire_cpu_seconds_total",
      type: "counter",
      help: "CPU time of the process, all its threads.",
      values: single(cpuSeconds()),
    },
    {
      name: "misfire_memory_bytes",
      type: "gauge",
      help: "Resident memory of the process.",
      values: single(process.memoryUsage.rss()),
    },
  ]);
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
