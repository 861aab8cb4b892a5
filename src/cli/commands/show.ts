import { existsSync } from "node:fs";
import {
  createSpanShelf,
  findRun,
  judge,
  namesOf,
  runFailed,
  showRun,
  type Judged,
  type JudgedRun,
} from "../../compare-tools.ts";
import { redact } from "../../records/redact.ts";
import { terminalLine } from "../../records/terminal-text.ts";
import { showText } from "../../reporters/show.ts";
import { countOf } from "../../reporters/text/numbers.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { UsageError } from "../errors.ts";
import { printJson, readCase } from "../read-case.ts";

/** `misfire show RUN|CALL|TRACE FILE...`; without an id the only run, or a list of them. */
export async function run(call: Call): Promise<number> {
  const [word, ...rest] = call.words;
  if (word === undefined)
    throw new UsageError("show takes the id of a run, call or trace, and files (misfire help show)");
  const isFile = existsSync(word);
  const paths = isFile ? call.words : rest.length > 0 ? rest : ["-"];
  let shelf = createSpanShelf();
  const { analyzer, code } = await readCase(paths, call, shelf.add);
  const { judged } = judge(analyzer);
  const [only] = judged.runs;
  if (isFile && (judged.runs.length !== 1 || only === undefined)) return (list(judged, call), code);
  const found = isFile && only !== undefined ? { run: only, call: null } : findRun(word, judged);
  if ("among" in found) {
    const spans = shelf.of([word]);
    if (spans.length === 0) throw new UsageError(unknown(word, found.among, judged));
    // a trace that tells of no call
    print({ id: word, run: null, causes: new Set(), recovered: new Set(), calls: [] }, null, judged, shelf, call);
    return code;
  }
  if (shelf.dropped > 0 && !paths.includes("-")) {
    shelf = createSpanShelf(traceIds(found.run));
    await readCase(paths, call, shelf.add);
  }
  print(found.run, found.call, judged, shelf, call);
  return code;
}

function print(
  run: JudgedRun,
  only: string | null,
  judged: Judged,
  shelf: ReturnType<typeof createSpanShelf>,
  call: Call,
): void {
  const { values, io } = call;
  const view = showRun(run, judged, shelf.of(traceIds(run)), shelf.dropped);
  if (values.format === "text")
    io.out(showText(view, { width: io.columns, color: wantsColor(values.color, io), only }));
  else printJson(only === null ? view : { ...view, calls: view.calls.filter(({ key }) => key === only) }, call);
}

function traceIds({ id, run }: JudgedRun): Set<string> {
  return run === null ? new Set([id]) : namesOf(run);
}

const MOST = 200;

function list({ runs, incidents }: Judged, { io, values }: Call): void {
  const rows = runs.map((judged) => ({
    id: judged.id,
    failed: runFailed(judged),
    calls: judged.calls.length,
    failedCalls: judged.calls.filter(({ failed }) => failed).length,
    cause: incidents.get([...judged.causes][0] ?? "")?.classifier ?? null,
  }));
  if (values.format !== "text") return printJson({ schema: "misfire.runs/1", runs: rows }, { io, values, words: [] });
  if (rows.length === 0) io.out("No run of an agent found.\n");
  for (const { id, failed, calls, failedCalls, cause } of rows.slice(0, MOST))
    io.out(
      `${failed ? "✗" : "✓"} ${terminalLine(redact(id))}  ${countOf(calls, "call")}${failedCalls > 0 ? `, ${failedCalls} failed` : ""}${cause === null ? "" : `  ${cause}`}\n`,
    );
  if (rows.length > MOST) io.out(`and ${rows.length - MOST} more (-f json has all)\n`);
}

function unknown(word: string, among: readonly string[], { runs }: Judged): string {
  if (among.length > 0) return `${word} may be ${among.map(terminalLine).join(", ")}`;
  const ids = runs.slice(0, 5).map(({ id }) => terminalLine(id));
  if (ids.length === 0) return `there is no run, call or trace ${word}, and no run at all`;
  return `there is no run, call or trace ${word}; runs are ${ids.join(", ")}${runs.length > ids.length ? `, and ${runs.length - ids.length} more` : ""} (misfire show FILE lists them)`;
}
