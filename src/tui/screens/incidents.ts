import type { Incident } from "../../index.ts";
import { colorOf, markOf, titleOf } from "../../reporters/text/headline.ts";
import { nothingFound } from "../../reporters/text/nothing-found.ts";
import { cell, clock, right } from "../draw/text.ts";
import { sparkline } from "../draw/sparkline.ts";
import type { Filterable } from "../filter.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Scene, Screen } from "./screen.ts";

/** Root causes, those that matter most first, what followed from each folded under it; then what matched no cause. */
export const incidents: Screen = (scene) => {
  const { snapshot, width, paint } = scene;
  const all = snapshot.report.incidents;
  // a filter finds what is folded, too
  const shown = rooted(all, scene).filter((one) =>
    scene.matches === null
      ? one.depth === 0 || isOpen(one.root, scene)
      : scene.matches(filterable(one.incident, scene)),
  );
  const rows = shown.map((one) => rowOf(one, scene));
  const unclassified = snapshot.report.unclassified.filter(
    ({ template }) => scene.matches?.({ text: template }) ?? true,
  );
  for (const group of unclassified) {
    const [evidence] = group.evidence;
    rows.push({
      id: `?${group.template}`,
      line: paint.dim(
        `? ${cell(`no known cause: ${evidence?.excerpt ?? group.template}`, width - 8)}${right(`${group.count}×`, 6)}`,
      ),
      text: group.template,
      ...(evidence && { evidence }),
      ...(evidence?.line != null && { open: { screen: "logs", subject: `${evidence.source}:${evidence.line}` } }),
    });
  }
  if (rows.length === 0) return { head: [], rows: listOf(rowsOfLines(nothing(scene), "nothing")) };
  return { head: [heading(width, paint)], rows: listOf(rows) };
};

function nothing({ snapshot, width, paint, matches }: Scene): string[] {
  if (matches !== null) return [paint.dim("Nothing passes the filter.")];
  if (snapshot.status.reading !== null) return [paint.dim("Reading ...")];
  if (snapshot.status.live !== null) return [paint.dim(`Nothing has failed so far. ${snapshot.status.live.where}`)];
  const view = {
    width,
    color: false,
    unclassified: true,
    verbose: true,
    quiet: false,
    seconds: null,
    context: new Map(),
  };
  return nothingFound(snapshot.report, view, paint);
}

function isOpen(root: string, { unfolded }: Scene): boolean {
  return unfolded === "all" || unfolded.has(root);
}

interface Placed {
  incident: Incident;
  depth: number;
  root: string;
  /** How many followed from it, directly or not. */
  followed: number;
}

/** In the order in which they were shown before, so that nothing moves; each under its cause. */
function rooted(all: readonly Incident[], { order }: Scene): Placed[] {
  const ids = new Map(all.map((incident) => [incident.id, incident]));
  const place = new Map(order.map((id, index) => [id, index]));
  const roots = all
    .filter(({ causedBy }) => causedBy === null || !ids.has(causedBy))
    .toSorted((a, b) => (place.get(a.id) ?? order.length) - (place.get(b.id) ?? order.length));
  const seen = new Set<string>();
  const below = (incident: Incident, depth: number, root: string): Placed[] => {
    if (seen.has(incident.id) || depth > DEEPEST) return [];
    seen.add(incident.id);
    const then = incident.consequences.flatMap((id) => ids.get(id) ?? []).flatMap((one) => below(one, depth + 1, root));
    return [{ incident, depth, root, followed: then.length }, ...then];
  };
  return roots.flatMap((root) => below(root, 0, root.id));
}

const DEEPEST = 6;
const COUNT = 6;
const CLOCK = 10;

function sparkWidth(width: number): number {
  return width >= 120 ? 20 : width >= 90 ? 12 : 0;
}

function heading(width: number, paint: Scene["paint"]): string {
  const spark = sparkWidth(width);
  const columns =
    cell("", 2) +
    cell("cause", titleWidth(width)) +
    right("count", COUNT) +
    (spark > 0 ? `  ${cell("over time", spark)}` : "") +
    right("first", CLOCK) +
    right("last", CLOCK);
  return paint.dim(columns);
}

function titleWidth(width: number): number {
  const spark = sparkWidth(width);
  return Math.max(10, width - 2 - COUNT - (spark > 0 ? spark + 2 : 0) - 2 * CLOCK);
}

function rowOf({ incident, depth, root, followed }: Placed, scene: Scene): Row {
  const { width, paint, snapshot, seen } = scene;
  const spark = sparkWidth(width);
  const isNew = snapshot.arrived.has(incident.id) && !seen.has(incident.id);
  const modifiers = incident.modifiers.filter((modifier) => modifier !== "repeated" && modifier !== "collateral");
  const branch = depth === 0 ? "" : `${"  ".repeat(depth - 1)}└ `;
  const words = `${isNew ? "new  " : ""}${branch}${titleOf(incident)}${modifiers.length > 0 ? `  [${modifiers.join(", ")}]` : ""}`;
  // what is folded stays in sight when the title is cut
  const isFolded = depth === 0 && followed > 0 && scene.matches === null && !isOpen(root, scene);
  const more = isFolded ? ` +${followed} followed` : "";
  const title = cell(words, titleWidth(width) - more.length);
  const times = snapshot.times.get(incident.id) ?? [];
  const line =
    colorOf(incident, paint)(`${markOf(incident)} `) +
    (depth > 0 ? paint.dim(title) : paint.bold(title)) +
    paint.dim(more) +
    right(`${incident.count}×`, COUNT) +
    (spark > 0 ? `  ${paint.cyan(cell(sparkline(times, rangeOf(snapshot.times), spark), spark))}` : "") +
    paint.dim(right(clock(incident.first), CLOCK) + right(clock(incident.last), CLOCK));
  const [evidence] = incident.evidence;
  return {
    id: incident.id,
    line,
    text: `${incident.classifier} ${titleOf(incident)} ${incident.modifiers.join(" ")}`,
    says: [
      `${isNew ? "new, " : ""}${incident.severity}: ${titleOf(incident)}`,
      `${incident.count} times`,
      ...modifiers,
      depth > 0 ? "a consequence" : followed > 0 ? `${followed} followed` : "",
      incident.last === null ? "" : `last at ${clock(incident.last)}`,
    ]
      .filter(Boolean)
      .join(", "),
    open: { screen: "incident", subject: incident.id },
    incident: incident.id,
    failed: incident.severity !== "info",
    isNew,
    ...((depth > 0 || followed > 0) && { root }),
    ...(evidence && { evidence }),
  };
}

const ranges = new WeakMap<object, [number, number]>();

/** From the first finding to the last one of all. */
function rangeOf(times: Scene["snapshot"]["times"]): [number, number] {
  const known = ranges.get(times);
  if (known !== undefined) return known;
  let range: [number, number] = [Infinity, -Infinity];
  for (const some of times.values())
    for (let n = 0; n < some.length; n++) range = [Math.min(range[0], some[n]!), Math.max(range[1], some[n]!)];
  ranges.set(times, range);
  return range;
}

export function filterable(incident: Incident, { snapshot }: Pick<Scene, "snapshot">): Filterable {
  const { tool, layer, classifier, severity, agents, models, runs, modifiers, last, title, cause, evidence } = incident;
  return {
    tool,
    layer,
    classifier,
    severity,
    agent: agents,
    model: models,
    run: runs,
    is: [...modifiers, severity === "info" ? "info" : "failed", ...(snapshot.arrived.has(incident.id) ? ["new"] : [])],
    time: last === null ? null : Date.parse(last),
    text: `${tool ?? ""} ${classifier} ${title} ${cause} ${evidence.map(({ excerpt }) => excerpt).join(" ")}`,
  };
}
