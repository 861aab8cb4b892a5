import { Box, Text, useApp, useInput, useIsScreenReaderEnabled, useWindowSize } from "ink";
import { createElement as h, useEffect, useSyncExternalStore, type ReactNode } from "react";
import type { App } from "../app.ts";
import type { Suspend } from "../effects.ts";
import { SMALLEST } from "../view.ts";
import { Pane } from "./pane.ts";
import { Spoken, SPOKEN } from "./spoken.ts";
import { StatusBar } from "./status-bar.ts";
import { TabLine } from "./tab-line.ts";

/** The whole screen. Keys go to the app, all else comes from its store. */
export function AppView({
  app,
  color,
  suspend,
}: {
  app: App;
  color: boolean;
  suspend: (by: Suspend) => void;
}): ReactNode {
  const { store } = app;
  useSyncExternalStore(store.subscribe, store.version);
  const isSpoken = useIsScreenReaderEnabled();
  const window = useWindowSize();
  const { columns, rows } = isSpoken ? SPOKEN : window;
  const { suspendTerminal } = useApp();
  useEffect(() => suspend(suspendTerminal), [suspend, suspendTerminal]);
  useEffect(() => {
    const { size } = store.state();
    if (size.columns !== columns || size.rows !== rows) store.set({ ...store.state(), size: { columns, rows } });
  }, [store, columns, rows]);
  useInput((input, key) => app.press(input, key));

  const state = store.state();
  const { size } = state;
  if (size.columns < SMALLEST.columns || size.rows < SMALLEST.rows)
    return h(
      Text,
      { wrap: "truncate" },
      `misfire needs ${SMALLEST.columns}x${SMALLEST.rows}; this is ${size.columns}x${size.rows}`,
    );
  const view = app.view();
  if (isSpoken) return h(Spoken, { state, view });
  const { main, preview, isWide } = view;
  const panes =
    preview === null ? h(Pane, { view: main, state, color }) : h(Both, { main, preview, isWide, state, color });
  return h(
    Box,
    { flexDirection: "column", height: size.rows, width: size.columns, overflow: "hidden" },
    h(TabLine, { state, color }),
    panes,
    h(StatusBar, { state, view, snapshot: store.snapshot(), color }),
  );
}

type PaneProps = Parameters<typeof Pane>[0];

function Both({
  main,
  preview,
  isWide,
  state,
  color,
}: Omit<PaneProps, "view"> & { main: PaneProps["view"]; preview: PaneProps["view"]; isWide: boolean }): ReactNode {
  const height = main.height + main.head.length;
  const rule = isWide
    ? h(
        Box,
        { flexDirection: "column", width: 2 },
        ...Array.from({ length: height }, (_, key) => h(Text, { key, dimColor: true }, "│ ")),
      )
    : h(Text, { dimColor: true }, "─".repeat(main.width));
  return h(
    Box,
    { flexDirection: isWide ? "row" : "column" },
    h(Pane, { view: main, state, color }),
    rule,
    h(Pane, { view: preview, state, color }),
  );
}
