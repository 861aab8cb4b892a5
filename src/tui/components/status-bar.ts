import { Text } from "ink";
import { createElement as h, Fragment, type ReactNode } from "react";
import { bytesOf, countOf, numberOf } from "../../reporters/text/numbers.ts";
import { paintOf } from "../../reporters/text/paint.ts";
import { padEnd, widthOf } from "../../reporters/text/width.ts";
import { clip } from "../../reporters/text/wrap.ts";
import { terminalLine } from "../../records/terminal-text.ts";
import type { Snapshot } from "../feed/snapshot.ts";
import { KEYS, type Binding } from "../keys.ts";
import { keyLabel } from "../screens/help.ts";
import type { ScreenName } from "../screens.ts";
import { placeOf, type State } from "../state.ts";
import type { View } from "../view.ts";

/** How the data is and where one is in it; under it what is typed, a message, or the keys. */
export function StatusBar({
  state,
  view,
  snapshot,
  color,
}: {
  state: State;
  view: View;
  snapshot: Snapshot;
  color: boolean;
}): ReactNode {
  const paint = paintOf(color);
  const { columns } = state.size;
  const at = positionOf(state, view);
  const left = clip(terminalLine(stateOf(state, snapshot)), columns - widthOf(at) - 3);
  const status = ` ${padEnd(left, columns - widthOf(at) - 2)}${at} `;
  return h(
    Fragment,
    null,
    h(Text, { wrap: "truncate" }, paint.dim(status)),
    h(Text, { wrap: "truncate" }, bottomOf(state, view, snapshot.status.live !== null, paint)),
  );
}

export function stateOf(state: State, { report, status }: Snapshot): string {
  const { incidents, totals } = report;
  const causes = incidents.filter(({ causedBy }) => causedBy === null).length;
  const words = [state.isPaused ? "PAUSED (space goes on)" : ""];
  const { reading, live } = status;
  if (reading !== null) {
    const share = reading.size === null || reading.size === 0 ? "" : ` of ${bytesOf(reading.size)}`;
    words.push(`reading ${reading.name === "-" ? "stdin" : reading.name}: ${bytesOf(reading.read)}${share}`);
  }
  const isPart = totals.failed <= totals.requested;
  words.push(
    countOf(causes, "cause"),
    isPart
      ? `${numberOf(totals.failed)} of ${countOf(totals.requested, "call")} failed`
      : `${countOf(totals.failed, "call")} failed`,
  );
  if (live !== null) {
    if (live.bytesPerSecond > 0) words.push(`${bytesOf(live.bytesPerSecond)}/s`);
    if (live.spansPerSecond > 0) words.push(`${numberOf(Math.round(live.spansPerSecond))} spans/s`);
    if (live.connections !== null) words.push(countOf(live.connections, "connection"));
    words.push(`${countOf(live.openRuns, "open run")}`, bytesOf(process.memoryUsage.rss()));
    const dropped = Object.values(report.coverage.dropped).reduce((a, b) => a + b, 0);
    if (dropped > 0) words.push(`${numberOf(dropped)} dropped`);
    words.push(live.where);
  }
  const [problem] = status.problems;
  if (problem !== undefined) words.push(problem);
  return words.filter(Boolean).join(" · ");
}

/** `3 new ↓  12/40`. */
function positionOf(state: State, { main, preview }: View): string {
  const { rows, index, top, height } = preview?.hasKeys ? preview : main;
  const { screen } = placeOf(state);
  let below = "";
  if (screen === "incidents" && preview?.hasKeys !== true) {
    let count = 0;
    for (let n = top + height; n < Math.min(rows.count, 5000); n++) if (rows.at(n).isNew) count++;
    if (count > 0) below = `${count} new ↓  `;
  }
  if (screen === "logs") below = state.follows ? "following  " : "";
  return rows.count === 0 ? "" : `${below}${numberOf(index + 1)}/${numberOf(rows.count)}`;
}

const PROMPTS = { search: "/", filter: "filter: ", command: ":" };

function bottomOf(state: State, { problem }: View, isLive: boolean, paint: ReturnType<typeof paintOf>): string {
  const { prompt, message, size } = state;
  const room = size.columns - 2;
  if (prompt !== null) {
    const text = `${PROMPTS[prompt.kind]}${terminalLine(prompt.text)}`;
    const shown = widthOf(text) > room - 2 ? `…${text.slice(-(room - 3))}` : text;
    return `${shown}\u001b[7m \u001b[27m${prompt.kind === "filter" && problem !== null ? paint.yellow(clip(`  ${problem}`, room - widthOf(shown) - 2)) : ""}`;
  }
  if (message !== null) return paint.yellow(clip(terminalLine(message), room));
  if (problem !== null) return paint.yellow(clip(problem, room));
  return hints(placeOf(state).screen, isLive, room, paint);
}

/** As many keys as there is room for; the last two (help and quit) always. */
function hints(screen: ScreenName, isLive: boolean, room: number, paint: ReturnType<typeof paintOf>): string {
  const all = (KEYS as readonly Binding[]).flatMap(({ keys, hint, on, group }) =>
    hint === undefined || on?.includes(screen) === false || (group === "Live" && on === undefined && !isLive)
      ? []
      : [{ key: keyLabel(keys[0]!), hint }],
  );
  const widthOfHint = ({ key, hint }: { key: string; hint: string }): number => key.length + hint.length + 3;
  let left = room - all.slice(-2).reduce((sum, one) => sum + widthOfHint(one), 0);
  const first = all.slice(0, -2).filter((one) => (left -= widthOfHint(one)) >= 0);
  return [...first, ...all.slice(-2)].map(({ key, hint }) => ` ${paint.bold(key)} ${paint.dim(hint)} `).join("");
}
