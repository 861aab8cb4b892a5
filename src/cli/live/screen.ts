import type { LiveFeed } from "../../tui/feed/live.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";

/** The terminal app over a watch. */
export interface LiveScreen {
  feed: LiveFeed;
  /** The same call: its signal is also that of quitting, and what it says on stderr waits for the end. */
  call: Call;
  /** Opens the app; `where` says what it watches, `connections` how many senders there are. */
  show(where: string, connections?: () => number): void;
  /** Closes the app, if it is open; throws what broke in it. */
  end(): Promise<void>;
  /** Waits until the user quits. */
  closed(): Promise<void>;
  readonly isOpen: boolean;
}

/** Null: findings are printed, since that is asked for or there is no terminal. */
export async function openScreen(call: Call): Promise<LiveScreen | null> {
  const { values, io, given } = call;
  if (!values.tui || values.format !== "text" || values.quiet || !io.outIsTerminal) return null;
  if (values["report-every"] !== 0 && given?.has("tui") !== true) return null;
  const { terminalKeys, startTui } = await import("../../tui/start.ts");
  const keys = terminalKeys(io.outIsTerminal, process.env);
  if (keys === null) return null;
  const { createLiveFeed } = await import("../../tui/feed/live.ts");
  const feed = createLiveFeed();
  const quit = new AbortController();
  const close = new AbortController();
  let held = "";
  let shown: Promise<void> | null = null;
  let isOpen = false;

  function err(text: string): void {
    if (!isOpen) return io.err(text);
    held += text;
    feed.problem(text);
  }

  async function settled(): Promise<void> {
    try {
      await shown;
    } finally {
      isOpen = false;
      if (shown === null) keys!.close();
      io.err(held);
      held = "";
    }
  }

  return {
    feed,
    call: { ...call, io: { ...io, err, signal: AbortSignal.any([io.signal, quit.signal]) } },
    show(where, connections) {
      isOpen = true;
      if (connections !== undefined) feed.setConnections(connections);
      feed.setWhere(where);
      const options = { color: wantsColor(values.color, io), signal: AbortSignal.any([io.signal, close.signal]) };
      shown = startTui(feed, keys, options).finally(() => {
        isOpen = false;
        quit.abort();
      });
      // told by `end`, which waits for it
      shown.catch(() => {});
    },
    async end() {
      close.abort();
      await settled();
    },
    closed: settled,
    get isOpen() {
      return isOpen;
    },
  };
}
