import { Worker } from "node:worker_threads";
import { moduleAt } from "../../installed.ts";
import type { EngineOptions, FromEngine, ToEngine } from "../engine/messages.ts";

/** The way to an engine. */
export interface Link {
  send(message: ToEngine, transfer?: readonly ArrayBuffer[]): void;
  close(): void;
}

/** `told` gets what the engine says, `failed` what ended it. */
export type OpenLink = (
  options: EngineOptions,
  told: (message: FromEngine) => void,
  failed: (error: Error) => void,
) => Link;

/** An engine on a thread of its own. */
export const openWorker: OpenLink = (options, told, failed) => {
  const worker = new Worker(moduleAt("tui/engine/worker"), {
    workerData: options,
    execArgv: [],
    // without a limit garbage lies around by the hundred megabytes
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
  worker.on("message", told).on("error", failed);
  return {
    send: (message, transfer = []) => worker.postMessage(message, transfer),
    close: () => void worker.terminate(),
  };
};
