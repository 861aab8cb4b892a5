import { render } from "ink";
import { createElement as h } from "react";
import { createApp } from "./app.ts";
import { AppView } from "./components/app-view.ts";
import { writeApart } from "./draw/right-to-left.ts";
import { createEffects } from "./effects.ts";
import type { Feed } from "./feed/snapshot.ts";
import { pointed, watchMouse } from "./mouse.ts";
import { initialState } from "./state.ts";
import { createStore } from "./store.ts";
import type { Keys } from "./terminal.ts";
import { createViewer } from "./view.ts";

/** Draws the app and hands it the keys. Rejects with what broke inside, when the terminal is restored. */
export async function runTui(
  feed: Feed,
  keys: Keys,
  {
    color,
    signal,
    screen = "incidents",
    drawn,
  }: { color: boolean; signal: AbortSignal; screen?: "incidents" | "logs"; drawn?: () => void },
): Promise<void> {
  const { columns = 80, rows = 24 } = process.stdout;
  const store = createStore(feed, initialState(screen, { columns, rows }));
  const effects = createEffects(process.env, keys.descriptor);
  const app = createApp(store, createViewer(store, color), effects);
  const readAsBefore = watchMouse(keys.stream, (mouse) => pointed(app, mouse));
  const writeAsBefore = writeApart(process.stdout);
  const ink = render(h(AppView, { app, color, suspend: effects.suspendWith }), {
    stdin: keys.stream,
    alternateScreen: true,
    patchConsole: false,
    exitOnCtrlC: false,
    interactive: true,
    // a key is drawn within a 60th of a second
    maxFps: 60,
  });
  let broken: unknown = null;
  const end = (): void => ink.unmount();
  const crash = (error: unknown): void => {
    broken = error;
    end();
  };
  effects.quitWith = end;
  effects.redrawWith = () => ink.clear();
  signal.addEventListener("abort", end, { once: true });
  process.on("uncaughtException", crash).on("unhandledRejection", crash);
  try {
    if (signal.aborted) end();
    await ink.waitUntilRenderFlush();
    drawn?.();
    await ink.waitUntilExit();
  } finally {
    writeAsBefore();
    readAsBefore();
    if (store.state().hasMouse) effects.mouse(false);
    process.off("uncaughtException", crash).off("unhandledRejection", crash);
    signal.removeEventListener("abort", end);
    store.close();
    feed.stop();
    keys.close();
  }
  if (broken !== null) throw broken;
}
