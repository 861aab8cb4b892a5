import { Box, Text } from "ink";
import { createElement as h, type ReactNode } from "react";
import { plainOf, type Row } from "../rows.ts";
import { TITLES } from "../screens.ts";
import { placeOf, type State } from "../state.ts";
import type { View } from "../view.ts";

/** For screen readers: where one is and the one row, in words, instead of a table that is drawn. */
export function Spoken({ state, view }: { state: State; view: View }): ReactNode {
  const { main, preview } = view;
  const { rows, index } = preview?.hasKeys ? preview : main;
  const row = rows.count === 0 ? null : rows.at(index);
  const { prompt, message } = state;
  const lines = [
    `${TITLES[placeOf(state).screen]}, ${rows.count === 0 ? "empty" : `line ${index + 1} of ${rows.count}`}${state.filter === "" ? "" : `, filter ${state.filter}`}`,
    row === null ? "" : wordsOf(row),
    prompt === null ? (message ?? "") : `${prompt.kind}: ${prompt.text}`,
  ];
  return h(Box, { flexDirection: "column" }, ...lines.filter(Boolean).map((line, key) => h(Text, { key }, line)));
}

/** Wide enough for whole sentences, too small for a second pane. */
export const SPOKEN = { columns: 150, rows: 39 };

const MARKS: readonly (readonly [RegExp, string])[] = [
  [/✗/g, "failed "],
  [/✓/g, "ok "],
  [/↺/g, "recovered "],
  [/▌/g, "evidence "],
  [/[\u2500-\u259f]+/g, " "],
];

/** Marks become words, and what is drawn with characters is left out. */
function wordsOf(row: Row): string {
  const plain = row.says ?? MARKS.reduce((text, [mark, word]) => text.replace(mark, word), plainOf(row.line));
  return plain.replace(/\s+/g, " ").trim() || "blank";
}
