import { Box, Text } from "ink";
import { createElement as h, type ReactNode } from "react";
import { plainOf } from "../rows.ts";
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
    row === null ? "" : plainOf(row.line).replace(/\s+/g, " ").trim(),
    prompt === null ? (message ?? "") : `${prompt.kind}: ${prompt.text}`,
  ];
  return h(Box, { flexDirection: "column" }, ...lines.filter(Boolean).map((line, key) => h(Text, { key }, line)));
}
