import { Box, Text } from "ink";
import { createElement as h, memo, type ReactNode } from "react";
import { padEnd } from "../../reporters/text/width.ts";
import { plainOf } from "../rows.ts";
import { marked, searchOf } from "../search.ts";
import type { State } from "../state.ts";
import type { PaneView } from "../view.ts";

/** The rows of a screen that are seen, under the lines that stay. Only the lines that changed are made anew. */
export function Pane({ view, state }: { view: PaneView; state: State; color: boolean }): ReactNode {
  const { head, rows, width, height, index, top, hasKeys } = view;
  const pattern = searchOf(state.search);
  const count = Math.max(0, Math.min(height, rows.count - top));
  return h(
    Box,
    { flexDirection: "column", width, height: height + head.length, flexShrink: 0, overflow: "hidden" },
    ...head.map((line, n) => h(Line, { key: `h${n}`, line })),
    ...Array.from({ length: count }, (_, n) => {
      const row = rows.at(top + n);
      if (top + n === index) return h(Line, { key: n, line: cursorLine(row.line, width, hasKeys) });
      return h(Line, { key: n, line: pattern === null ? row.line : marked(row.line, pattern) });
    }),
    ...Array.from({ length: height - count }, (_, n) => h(Line, { key: `e${n}`, line: " " })),
  );
}

const Line = memo(({ line }: { line: string }) => h(Text, { wrap: "truncate" }, line === "" ? " " : line));

/** Inverted over the whole width; in the pane without keys underlined. */
function cursorLine(line: string, width: number, hasKeys: boolean): string {
  const plain = padEnd(plainOf(line), width);
  return hasKeys ? `\u001b[7m${plain}\u001b[27m` : `\u001b[4m${plain}\u001b[24m`;
}
