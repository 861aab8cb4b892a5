import type { OtlpBatch, OtlpDecoded, Report } from "../../index.ts";
import type { EngineOptions, FromEngine } from "../engine/messages.ts";
import type { LiveSource } from "../../live/live.ts";
import { createRingLines } from "../logs/ring-lines.ts";
import { createCalls } from "./calls.ts";
import { emptySnapshot, NOTHING } from "./empty.ts";
import { openWorker, type Link } from "./link.ts";
import { createMeter } from "./meter.ts";
import { createMirror } from "./mirror.ts";
import { createRoom } from "./room.ts";
import type { Feed, Snapshot, Status } from "./snapshot.ts";

/** The feed of an endless watch: the last lines that came, and what the engine makes of all of them. */
export interface LiveFeed extends Feed {
  /** Begins to watch. */
  watch(options: Extract<EngineOptions, { kind: "live" }>, fault: (stack: string) => void): Watched;
  /** What is printed elsewhere while there is no app. */
  problem(text: string): void;
  setWhere(where: string): void;
  /** How many senders are connected, where that is known. */
  setConnections(count: () => number): void;
}

/** A live analyzer that answers later. */
export interface Watched {
  source(name: string, format?: string, from?: { bytes: number; lines: number }): LiveSource;
  otlp(batch: OtlpBatch): Promise<OtlpDecoded | null>;
  missed(reason: string): void;
  report(): Promise<Report>;
  finish(): Promise<Report>;
  /** When so much has been read of what came that more may come. */
  room(): Promise<void>;
  readonly openRuns: number;
}

const TELL_MS = 100;
const MOST_PROBLEMS = 50;

export function createLiveFeed(open = openWorker): LiveFeed {
  const ring = createRingLines();
  const bytes = createMeter();
  const spans = createMeter();
  const calls = createCalls();
  const room = createRoom();
  const listeners = new Set<() => void>();
  const mirror = createMirror(NOTHING, (message) => link?.send(message));
  let problems: string[] = [];
  let where = "";
  let connections: (() => number) | null = null;
  let sources = 0;
  let link: Link | null = null;
  let snapshot: Snapshot = emptySnapshot(ring.now(), status());
  // rates fall to nothing when nothing comes
  const ticking = setInterval(tell, 1000).unref();
  let timer: NodeJS.Timeout | null = null;

  function status(): Status {
    const rates = { bytesPerSecond: Math.round(bytes.rate()), spansPerSecond: Math.round(spans.rate()) };
    const live = { where, ...rates, openRuns: mirror.openRuns, connections: connections?.() ?? null };
    return { reading: null, live, problems, droppedLines: ring.dropped };
  }

  function tell(): void {
    snapshot = { ...mirror.seen(), lines: ring.now(), status: status(), version: snapshot.version + 1 };
    for (const listener of listeners) listener();
  }

  /** New lines and rates are shown between two reports, too. */
  function came(): void {
    timer ??= setTimeout(() => {
      timer = null;
      tell();
    }, TELL_MS);
  }

  function told(message: FromEngine, fault: (stack: string) => void): void {
    if (message.type === "update") {
      if (mirror.take(message.update)) tell();
      link?.send({ type: "got" });
    } else if (message.type === "run") {
      mirror.takeRun(message.id, message.run);
      tell();
    } else if (message.type === "answer") calls.answer(message.call, message.value);
    else if (message.type === "taken") room.took(message.bytes);
    else if (message.type === "fault") fault(message.stack);
  }

  function source(name: string, format?: string, from?: { bytes: number; lines: number }): LiveSource {
    const number = sources++;
    const isText = format === undefined || format === "text";
    if (isText) ring.begin(name, from?.lines ?? 0);
    link?.send({ type: "open", source: number, name, format: format ?? null, from: from ?? null });
    return {
      push(block) {
        bytes.add(block.length);
        if (isText) ring.add(name, block);
        const own = block.slice();
        room.gave(own.length);
        link?.send({ type: "push", source: number, block: own }, [own.buffer]);
        came();
      },
      end: () => link?.send({ type: "end", source: number }),
    };
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    watch(options, fault) {
      link = open(
        options,
        (message) => told(message, fault),
        (error) => {
          calls.fail(error);
          room.open();
          // the screen ends, and tells it
          queueMicrotask(() => {
            throw error;
          });
        },
      );
      const ask = <T>(message: (call: number) => Parameters<Link["send"]>): Promise<T> =>
        calls.ask((call) => link?.send(...message(call)));
      return {
        source,
        async otlp(batch) {
          const own = batch.bytes.slice();
          const decoded = await ask<OtlpDecoded | null>((call) => [
            { type: "otlp", call, batch: { ...batch, bytes: own } },
            [own.buffer],
          ]);
          if (batch.signal === "traces") spans.add(decoded?.accepted ?? 0);
          bytes.add(batch.bytes.length);
          came();
          return decoded;
        },
        missed: (reason) => link?.send({ type: "missed", reason }),
        report: () => ask<Report>((call) => [{ type: "report", call }]),
        async finish() {
          try {
            return await ask<Report>((call) => [{ type: "finish", call }]);
          } finally {
            link?.close();
          }
        },
        room: () => room.wait(),
        get openRuns() {
          return mirror.openRuns;
        },
      };
    },
    problem(text) {
      problems = [text.trim(), ...problems].slice(0, MOST_PROBLEMS);
      came();
    },
    setWhere(text) {
      where = text;
      tell();
    },
    setConnections: (count) => void (connections = count),
    stop() {
      clearInterval(ticking);
      if (timer !== null) clearTimeout(timer);
      listeners.clear();
    },
  };
}
