import { stripVTControlCharacters } from "node:util";
import { render } from "ink-testing-library";
import { createElement as h } from "react";
import { createApp } from "../../src/tui/app.ts";
import type { Effects } from "../../src/tui/actions/effects.ts";
import { AppView } from "../../src/tui/components/app-view.ts";
import { openExploration } from "../../src/tui/feed/explore.ts";
import type { Feed } from "../../src/tui/feed/snapshot.ts";
import { pointed, watchMouse } from "../../src/tui/mouse.ts";
import { initialState } from "../../src/tui/state.ts";
import { openDirect, reading } from "./direct.ts";
import { createStore } from "../../src/tui/store.ts";
import { createViewer } from "../../src/tui/view.ts";

export interface Mounted {
  /** Types keys and waits until the screen shows what is wanted; gives the screen. */
  press(keys: string, wanted: string | RegExp): Promise<string>;
  frame(): string;
  sees(wanted: string | RegExp): Promise<string>;
  until(holds: () => boolean): Promise<void>;
  done: string[];
  resize(columns: number, rows: number): void;
  close(): void;
}

/** The app on files, drawn without a terminal. `color`: with our colours in the frames. */
export async function mountFiles(paths: readonly string[], color = false): Promise<Mounted> {
  const exploration = openExploration(reading(paths), openDirect);
  await exploration.read();
  return mountFeed(exploration, color);
}

export function mountFeed(feed: Feed, color = false): Mounted {
  const store = createStore(feed, initialState("incidents", { columns: 100, rows: 24 }));
  const done: string[] = [];
  const effects: Effects = {
    copy: (text) => void done.push(`copy ${text}`),
    edit: async (path, line) => (done.push(`edit ${path}:${line}`), null),
    write: (name, text) => (done.push(`write ${name} ${text}`), name),
    mouse: (isOn) => void done.push(`mouse ${isOn}`),
    redraw: () => void done.push("redraw"),
    quit: () => void done.push("quit"),
  };
  const app = createApp(store, createViewer(store, color), effects);
  const { stdin, lastFrame, stdout, unmount } = render(h(AppView, { app, color, suspend: () => {} }));
  watchMouse(stdin as unknown as NodeJS.ReadStream, (mouse) => pointed(app, mouse));
  const frame = (): string => (color ? (lastFrame() ?? "") : stripVTControlCharacters(lastFrame() ?? ""));
  async function until(holds: () => boolean): Promise<void> {
    for (let n = 0; n < 500 && !holds(); n++) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  async function sees(wanted: string | RegExp): Promise<string> {
    const isThere = (): boolean => (typeof wanted === "string" ? frame().includes(wanted) : wanted.test(frame()));
    await until(isThere);
    if (!isThere()) throw new Error(`the screen does not show ${wanted}:\n${frame()}`);
    return frame();
  }
  return {
    frame,
    sees,
    until,
    done,
    async press(keys, wanted) {
      // effects of React run after the first frame
      await new Promise((resolve) => setTimeout(resolve, 5));
      stdin.write(keys);
      return sees(wanted);
    },
    resize(columns, rows) {
      Object.defineProperty(stdout, "columns", { value: columns, configurable: true });
      Object.defineProperty(stdout, "rows", { value: rows, configurable: true });
      stdout.emit("resize");
    },
    close() {
      unmount();
      store.close();
      feed.stop();
    },
  };
}

export const KEY = {
  up: "\u001b[A",
  down: "\u001b[B",
  esc: "\u001b",
  enter: "\r",
  tab: "\t",
  pageDown: "\u001b[6~",
  home: "\u001b[H",
};
