import { Text } from "ink";
import { createElement as h, Fragment, type ReactNode } from "react";
import { paintOf } from "../../reporters/text/paint.ts";
import { widthOf } from "../../reporters/text/width.ts";
import { clip } from "../../reporters/text/wrap.ts";
import { terminalLine } from "../../records/terminal-text.ts";
import { TABS, TITLES, tabOf, type ScreenName } from "../screens.ts";
import { placeOf, type State } from "../state.ts";

/** The tabs, and under them a rule with the way to what is shown and the filter. */
export function TabLine({ state, color }: { state: State; color: boolean }): ReactNode {
  const paint = paintOf(color);
  const { columns } = state.size;
  const current = tabOf(state.stack[0]!.screen);
  const tabs = labelsOf(columns, current)
    .map(({ name, text }) => (name === current ? `\u001b[7m${text}\u001b[27m` : paint.dim(text)))
    .join("");
  const way = state.stack
    .slice(1)
    .map(({ screen, subject }) => `${TITLES[screen]}${subject === "" ? "" : ` ${terminalLine(subject).slice(0, 40)}`}`);
  const words = [
    placeOf(state).screen === current && way.length === 0 ? "" : ["", ...way].join(" › "),
    state.filter === "" ? "" : `filter: ${state.filter}`,
  ]
    .filter(Boolean)
    .join("   ");
  const text = clip(words.trimStart(), columns - 5);
  const rule = text === "" ? "─".repeat(columns) : `── ${text} ${"─".repeat(Math.max(0, columns - 4 - widthOf(text)))}`;
  return h(
    Fragment,
    null,
    h(Text, { wrap: "truncate" }, `${paint.bold(NAME)} ${tabs}`),
    h(Text, { wrap: "truncate" }, paint.dim(rule)),
  );
}

const NAME = "misfire";

function labelsOf(columns: number, current: ScreenName): { name: (typeof TABS)[number]; text: string }[] {
  const isNarrow = columns < 72;
  return TABS.map((name, n) => ({
    name,
    text: ` ${n + 1} ${isNarrow && name !== current ? TITLES[name].slice(0, 3) : TITLES[name]} `,
  }));
}

/** The tab at a column, from 0; `shown` is the first screen of the stack. */
export function tabAt(column: number, columns: number, shown: ScreenName): (typeof TABS)[number] | null {
  let from = NAME.length + 1;
  for (const { name, text } of labelsOf(columns, tabOf(shown))) {
    if (column >= from && column < from + text.length) return name;
    from += text.length;
  }
  return null;
}
