import type { Incident, Report } from "../../index.ts";
import type { Change } from "../../live/changes.ts";
import { redactReport } from "../../records/redact-report.ts";
import { terminalLine } from "../../records/terminal-text.ts";
import { REPORTERS } from "../../reporters/index.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { EXIT } from "../errors.ts";
import { exitCodeOf } from "../exit-code.ts";
import { select } from "../select.ts";

/** Prints what a watch finds, as it finds it: blocks of text, or lines of JSON. Other formats have the report at the end alone. */
export interface Printer {
  change(change: Change): void;
  /** The whole report; gives the exit code. */
  end(report: Report): number;
}

export function createPrinter({ values, io }: Call): Printer {
  const { format } = values;
  const started = performance.now();
  const view = (seconds: number | null) => ({
    width: io.columns,
    color: wantsColor(values.color, io),
    unclassified: values.unclassified,
    verbose: values.verbose,
    quiet: values.quiet,
    seconds,
    context: new Map(),
  });
  const chosen = (report: Report): Report => select(redactReport(report), values.only, values.ignore);

  function shown(incident: Incident): Report | null {
    const report = chosen({ ...EMPTY, incidents: [incident] });
    return report.incidents.length === 0 ? null : report;
  }

  function asText(change: Change): void {
    // a consequence is shown with its cause, in the report at the end
    if (change.type === "withdrawn" || change.incident.causedBy !== null) return;
    const report = shown(change.incident);
    if (report === null) return;
    if (change.type === "finding") io.out(`${REPORTERS.text(report, view(null))}${values.quiet ? "" : "\n"}`);
    else if (!values.quiet) {
      const [{ tool, title } = change.incident] = report.incidents;
      io.out(`  again: ${tool === null ? "" : `${terminalLine(tool)}: `}${title} (${change.now.join(", ")})\n`);
    }
  }

  function asLines(change: Change): void {
    if (change.type === "withdrawn")
      return io.out(`${JSON.stringify({ type: "revised", id: change.id, withdrawn: true })}\n`);
    const report = shown(change.incident);
    if (report === null) return;
    if (change.type === "finding") return io.out(`${REPORTERS.ndjson(report, view(null)).split("\n", 1)[0]}\n`);
    const { id, count, severity, modifiers, causedBy, last } = report.incidents[0]!;
    io.out(`${JSON.stringify({ type: "revised", id, count, severity, modifiers, causedBy, last })}\n`);
  }

  return {
    change(change) {
      if (format === "text") asText(change);
      else if (format === "ndjson") asLines(change);
    },
    end(full) {
      const report = chosen(full);
      if (format === "text" && report.sources.length === 0) {
        if (!values.quiet) io.out(NOTHING);
        return EXIT.ok;
      }
      const all = REPORTERS[format](report, view((performance.now() - started) / 1000));
      // its findings were printed one by one
      io.out(
        format === "ndjson"
          ? all
              .split("\n")
              .filter((line) => !line.startsWith('{"type":"finding"'))
              .join("\n")
          : all,
      );
      return exitCodeOf(report, values["fail-on"]);
    },
  };
}

const NOTHING = "Nothing came: no output, no telemetry, no exchange with a model.\n";

const EMPTY: Report = {
  schema: "misfire.report/1",
  version: "",
  verdict: "failures",
  sources: [],
  incidents: [],
  unclassified: [],
  totals: { requested: 0, answered: 0, failed: 0, recovered: 0 },
  coverage: { records: 0, spans: 0, dialects: [], dropped: {}, skipped: [], notes: [] },
};
