import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { createAnalyzer } from "../src/index.ts";
import type { Incident, Report } from "../src/records/report.ts";

/** A capture's truth.json: what went wrong in a run, and in which of its files a careful reader could see it. */
export interface Truth {
  healthy: boolean;
  primary: string | null;
  failures: {
    class: string;
    accept?: string[];
    tool: string | null;
    argument: string | null;
    call_id: string | null;
  }[];
  visible_in: Record<string, boolean>;
  tolerate?: string[];
}

export interface Scores {
  /** Failing captures whose cause is visible in the files read. */
  visible: number;
  top1: number;
  found: number;
  failures: number;
  matched: number;
  incidents: number;
  fair: number;
  tool: [right: number, of: number];
  argument: [right: number, of: number];
  call: [right: number, of: number];
  healthy: number;
  alarmed: number;
  /** Failing captures whose cause cannot be seen in the files read: how many were given only wrong causes. */
  blind: number;
  blindWrong: number;
}

export interface Miss {
  capture: string;
  artefact: string;
  truth: string;
  got: string;
  excerpt: string;
}

export const ARTEFACTS: Record<string, string> = {
  "console.log": "console",
  "events.jsonl": "events",
  "traces.jsonl": "traces",
  "traces.pb": "traces",
  "logs.jsonl": "logs",
  "requests.jsonl": "requests",
};

/** Runs misfire on each capture below the folders and counts, per artefact, as ../shared/score/score-captures does. */
export function scoreCaptures(
  folders: string[],
  options: { artefacts: string[]; classes?: RegExp | null; only?: string | null; joined?: boolean },
): { scores: Map<string, Scores>; misses: Miss[] } {
  const scores = new Map<string, Scores>();
  const misses: Miss[] = [];
  for (const folder of folders) {
    for (const path of globSync("**/truth.json", { cwd: folder }).sort()) {
      const here = join(folder, dirname(path));
      if (options.only && !here.includes(options.only)) continue;
      const truth = JSON.parse(readFileSync(join(folder, path), "utf8")) as Truth;
      if (!truth.healthy && options.classes && !options.classes.test(truth.primary ?? "")) continue;
      const present = options.artefacts.filter((a) => existsSync(join(here, a)) && statSync(join(here, a)).size > 0);
      const jobs: [artefact: string, files: string[]][] = present.map((a) => [a, [a]]);
      const together = present.filter((a) => a !== "traces.pb");
      if (options.joined && together.length > 0) jobs.push(["joined", together]);
      for (const [artefact, files] of jobs) {
        let row = scores.get(artefact);
        if (row === undefined) scores.set(artefact, (row = empty()));
        const visible = files.some((f) => seenIn(truth, ARTEFACTS[f]!));
        const text = files
          .map((f) => readFileSync(join(here, f.replace(/\.pb$/, ".jsonl")), "utf8").replace(/\x1b\[[0-9;]*m/g, ""))
          .join("");
        const miss = count(row, truth, diagnoseFiles(files.map((f) => join(here, f))), visible, text);
        if (miss !== null) misses.push({ capture: `${basename(dirname(here))}/${basename(here)}`, artefact, ...miss });
      }
    }
  }
  return { scores, misses };
}

export function diagnoseFiles(files: string[]): Report {
  const analyzer = createAnalyzer();
  for (const file of files) {
    const source = analyzer.source(file);
    source.push(readFileSync(file));
    source.end();
  }
  return analyzer.report();
}

function seenIn(truth: Truth, key: string): boolean {
  return truth.visible_in[key] ?? (key === "events" ? truth.visible_in["logs"] : false) ?? false;
}

function count(
  c: Scores,
  truth: Truth,
  report: Report,
  visible: boolean,
  text: string,
): Omit<Miss, "capture" | "artefact"> | null {
  const incidents = report.incidents.filter(
    (i) => i.severity !== "info" && !(truth.tolerate ?? []).includes(i.classifier),
  );
  const excerpt = incidents[0]?.evidence[0]?.excerpt.slice(0, 110) ?? "";
  if (truth.healthy) {
    c.healthy++;
    if (incidents.length === 0) return null;
    c.alarmed++;
    return { truth: "healthy", got: incidents[0]!.classifier, excerpt };
  }
  const answers = (i: Incident, f: Truth["failures"][number]) =>
    i.classifier === f.class || (f.accept ?? []).includes(i.classifier);
  const primary = truth.failures.find((f) => f.class === truth.primary) ?? {
    class: truth.primary!,
    accept: [],
    tool: null,
    argument: null,
    call_id: null,
  };
  const fair = (list: Incident[]) => list.filter((i) => truth.failures.some((f) => answers(i, f)));
  const standing = incidents.filter((i) => !i.modifiers.includes("collateral"));
  if (!visible) {
    c.blind++;
    if (fair(incidents).length < standing.length) c.blindWrong++;
    return null;
  }
  c.visible++;
  const top = incidents[0] !== undefined && answers(incidents[0], primary);
  if (top) c.top1++;
  if (incidents.some((i) => answers(i, primary))) c.found++;
  const counted = standing.filter((i) => i.classifier !== "flow/loop");
  c.incidents += counted.length;
  c.fair += fair(counted).length;
  for (const f of truth.failures) {
    const hits = incidents.filter((i) => answers(i, f));
    c.failures++;
    if (hits.length === 0) continue;
    c.matched++;
    tally(
      c.tool,
      f.tool,
      text,
      hits.map((i) => i.tool ?? i.facts.tool),
    );
    tally(
      c.argument,
      f.argument,
      text,
      hits.map((i) => i.facts.argument),
    );
    tally(
      c.call,
      f.call_id,
      text,
      hits.flatMap((i) => [i.call?.id, i.facts.callId, ...i.evidence.map((e) => e.callId)]),
    );
  }
  return top
    ? null
    : {
        truth: truth.primary!,
        got: incidents[0]?.classifier ?? (report.unclassified.length > 0 ? "unclassified" : "nothing"),
        excerpt,
      };
}

function tally(
  pair: [number, number],
  expected: string | null,
  text: string,
  got: (string | null | undefined)[],
): void {
  if (expected === null || expected === undefined || !text.includes(String(expected))) return;
  pair[1]++;
  const norm = (v: unknown) =>
    String(v)
      .trim()
      .replace(/^['"`]+|['"`]+$/g, "")
      .toLowerCase();
  if (got.some((g) => g != null && norm(g) === norm(expected))) pair[0]++;
}

function empty(): Scores {
  return {
    visible: 0,
    top1: 0,
    found: 0,
    failures: 0,
    matched: 0,
    incidents: 0,
    fair: 0,
    tool: [0, 0],
    argument: [0, 0],
    call: [0, 0],
    healthy: 0,
    alarmed: 0,
    blind: 0,
    blindWrong: 0,
  };
}
