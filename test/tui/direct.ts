import type { FromEngine, ToEngine } from "../../src/tui/engine/messages.ts";
import { startEngine } from "../../src/tui/engine/start.ts";
import type { OpenLink } from "../../src/tui/feed/link.ts";

/** An engine on the same thread, whose messages are copied as between threads. */
export const openDirect: OpenLink = (options, told, failed) => {
  let isOpen = true;
  const later = (what: () => void): void => void setImmediate(() => isOpen && what());
  const post = (message: FromEngine): void => {
    const copy = structuredClone(message);
    later(() => told(copy));
  };
  const engine = startEngine(options, post);
  engine.catch(failed);
  return {
    send(message: ToEngine) {
      const copy = structuredClone(message);
      later(() => void engine.then((one) => one.take(copy), failed));
    },
    close: () => void (isOpen = false),
  };
};

/** Files as the tests read them. */
export const reading = (paths: readonly string[]) => ({
  kind: "files" as const,
  paths,
  classifiers: [],
  maxEvidence: 100,
  window: null,
  format: null,
});
