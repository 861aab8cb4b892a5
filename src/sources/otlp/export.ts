/** One export request as it came, decompressed. The forms are those of OTLP 1.11 (formats.md section 4.1). */
export interface Batch {
  signal: Signal;
  encoding: Encoding;
  bytes: Uint8Array;
}
export type Signal = "traces" | "logs" | "metrics";
export type Encoding = "protobuf" | "json";

/** What becomes of a batch; the sender is told. */
export type Outcome =
  | { kind: "taken"; rejected: number; message: string | null }
  /** It is no OTLP: not to be sent again. */
  | { kind: "malformed"; message: string }
  /** No room at the moment: to be sent again after so many seconds. */
  | { kind: "busy"; message: string; retryAfter: number };

/** Takes a batch. The answer goes out when the promise ends, so that what is answered is safe. */
export type Take = (batch: Batch) => Outcome | Promise<Outcome>;

/** What a receiver counts; shown as Prometheus text and in the health answer. */
export interface Counts {
  requests: Map<string, number>;
  items: Map<string, number>;
  bytes: number;
  inFlight: number;
  /** Address and port of those that sent something in the last minute, by when (ms); the quietest first. */
  peers: Map<string, number>;
}

export function createCounts(): Counts {
  return { requests: new Map(), items: new Map(), bytes: 0, inFlight: 0, peers: new Map() };
}

/** A connection sent something. */
export function sawPeer({ peers }: Counts, peer: string, now: number): void {
  peers.delete(peer);
  peers.set(peer, now);
  for (const [quiet, at] of peers) {
    if (now - at < MINUTE_MS) break;
    peers.delete(quiet);
  }
}

/** How many connections sent something in the last minute. */
export function connectionsOf({ peers }: Counts, now: number): number {
  return peers
    .values()
    .filter((at) => now - at < MINUTE_MS)
    .reduce((n) => n + 1, 0);
}

const MINUTE_MS = 60_000;

export function count(into: Map<string, number>, key: string, by = 1): void {
  into.set(key, (into.get(key) ?? 0) + by);
}
