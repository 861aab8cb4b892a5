import type { Evidence, Incident } from "../../index.ts";
import { incidentBlock } from "../../reporters/text/incident.ts";
import { placeOf } from "../../reporters/text/place.ts";
import { titleOf } from "../../reporters/text/headline.ts";
import { argumentRows } from "../draw/diff.ts";
import { logLine } from "../draw/colours.ts";
import { widthOf } from "../../reporters/text/width.ts";
import { cell, end } from "../draw/text.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";
import { sharedBy } from "./shared.ts";

/** One cause: why, what to change, the life of a call, its arguments beside the schema, the evidence in its place, the runs. */
export const incident: Screen = (scene) => {
  const { snapshot, subject, width, paint } = scene;
  const one = snapshot.report.incidents.find(({ id }) => id === subject);
  if (one === undefined)
    return {
      head: [],
      rows: listOf(rowsOfLines([paint.dim("This incident is gone: later data explained it another way.")], "gone")),
    };
  const view = {
    width,
    color: scene.color,
    unclassified: false,
    verbose: false,
    quiet: false,
    seconds: null,
    context: new Map(),
  };
  const block = incidentBlock({ incident: one, report: snapshot.report, view, paint, fixShown: false });
  const [evidence] = one.evidence;
  const more = { incident: one.id, ...(evidence && { evidence }) };
  return {
    head: [],
    rows: listOf([...rowsOfLines(block, "b", more), ...(scene.isPreview ? [] : rest(one, scene))]),
  };
};

/** What takes longer to make, and has no room beside the list. */
function rest(one: Incident, scene: Scene): Row[] {
  return [
    ...section("arguments against the schema", argumentsOf(one, scene), scene),
    ...section("evidence", evidenceRows(one, scene), scene),
    ...section("runs", runRows(one, scene), scene),
    ...section("what followed", linked(one.consequences, scene), scene),
    ...section("because of", linked(one.causedBy === null ? [] : [one.causedBy], scene), scene),
  ];
}

function section(title: string, rows: readonly Row[], { paint }: Scene): Row[] {
  if (rows.length === 0) return [];
  return [...rowsOfLines(["", paint.bold(title)], `s${title}`), ...rows];
}

function argumentsOf({ call, id }: Incident, { snapshot, width, paint }: Scene): Row[] {
  if (call === null) return [];
  const view = snapshot
    .runs()
    .flatMap(({ calls }) => calls)
    .find((one) => one.id !== null && one.id === call.id);
  const lines = argumentRows(
    { argumentsRaw: call.argumentsRaw, schema: call.schema, violations: view?.violations ?? [] },
    width - 2,
    paint,
  );
  return rowsOfLines(
    lines.map((line) => `  ${line}`),
    "a",
    { incident: id },
  );
}

const AROUND = 3;
const MOST_PLACES = 200;

/** Each place; the first one with the lines around it. */
function evidenceRows({ evidence, id }: Incident, scene: Scene): Row[] {
  const { width, paint } = scene;
  const near = (a: Evidence, b: Evidence): boolean =>
    a.source === b.source && Math.abs((a.line ?? 0) - (b.line ?? 0)) <= AROUND;
  return evidence.slice(0, MOST_PLACES).flatMap((one, index) => {
    const open = targetOf(one, scene);
    const place = placeOf(one, { width });
    const room = Math.min(widthOf(place), Math.floor(width * 0.5));
    const row: Row = {
      id: `e${index}`,
      line: `  ${paint.cyan(end(place, room))}  ${cell(one.excerpt.trim(), width - 4 - room)}`,
      text: `${place} ${one.excerpt}`,
      evidence: one,
      incident: id,
      failed: true,
      ...(open && { open }),
    };
    const isAlone = !evidence.slice(0, index).some((other) => near(one, other));
    return index < 3 && isAlone ? [row, ...aroundRows(one, index, scene)] : [row];
  });
}

function aroundRows(evidence: Evidence, index: number, { snapshot, width, paint, color }: Scene): Row[] {
  if (evidence.kind !== "log" || evidence.line === null) return [];
  const at = snapshot.lines.find(evidence.source, evidence.line);
  if (at < 0) return [];
  const rows: Row[] = [];
  for (let n = Math.max(0, at - AROUND); n <= Math.min(snapshot.lines.count - 1, at + AROUND); n++) {
    const { source, line, raw } = snapshot.lines.at(n);
    if (source !== evidence.source) continue;
    const { line: shown, text } = logLine(raw, width - 14, color);
    const mark = n === at ? paint.red(">") : " ";
    rows.push({
      id: `c${index}:${line}`,
      line: `    ${mark} ${paint.dim(String(line).padStart(6))} ${shown}`,
      text,
      evidence: { ...evidence, line },
      open: { screen: "logs", subject: `${source}:${line}` },
    });
  }
  return rows;
}

function targetOf({ kind, source, line, traceId }: Evidence, { snapshot }: Scene): Row["open"] | null {
  if (kind === "log" && line !== null && snapshot.lines.find(source, line) >= 0)
    return { screen: "logs", subject: `${source}:${line}` };
  return traceId === null ? null : { screen: "run", subject: traceId };
}

const MOST_RUNS = 50;

function runRows({ id }: Incident, scene: Scene): Row[] {
  const { snapshot, paint, width } = scene;
  const runs = snapshot.runs().filter(({ causes }) => causes.some((cause) => cause.id === id));
  const shared = sharedBy(runs, snapshot.runs()).map((text, index): Row => ({
    id: `h${index}`,
    line: `  ${paint.dim(cell(text, width - 2))}`,
    text,
  }));
  const rows = runs.slice(0, MOST_RUNS).map((run): Row => ({
    id: `r${run.id}`,
    line: `  ${cell(run.id, Math.min(44, width - 30))} ${paint.dim(cell(`${run.calls.length} calls  ${run.agents[0] ?? ""}`, 26))}`,
    text: run.id,
    open: { screen: "run", subject: run.id },
  }));
  return [...shared, ...rows];
}

function linked(ids: readonly string[], { snapshot, width }: Scene): Row[] {
  return ids.flatMap((id) => {
    const other = snapshot.report.incidents.find((one) => one.id === id);
    if (other === undefined) return [];
    const text = `${other.classifier}  ${titleOf(other)}  ${other.count}×`;
    return [
      { id: `l${id}`, line: `  ${cell(text, width - 2)}`, text, open: { screen: "incident" as const, subject: id } },
    ];
  });
}
