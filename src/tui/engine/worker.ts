import { parentPort, workerData } from "node:worker_threads";
import type { EngineOptions, ToEngine } from "./messages.ts";
import { startEngine } from "./start.ts";

/** The thread of the engine: what it runs is in its `workerData`. */
const port = parentPort!;
const engine = startEngine(workerData as EngineOptions, (message, transfer) => port.postMessage(message, transfer));
port.on("message", (message: ToEngine) => void engine.then((one) => one.take(message)));
