/** Who takes the bytes. Each source is opened, gets its decompressed blocks in order, and is ended. */
export interface Receiver {
  open(name: string): Input;
  /** Something could not be read, or only in part. */
  problem(problem: Problem): void;
  /** A file inside a directory that is source code, or neither text nor JSON nor OTLP. */
  skipped(name: string): void;
  /** Compressed bytes read from the source so far and its size, where that is known; for progress. */
  progress(name: string, read: number, size: number | null): void;
}

export interface Input {
  /** The bytes are only valid until the call returns: the block is used again. */
  push(bytes: Uint8Array): void;
  end(): void;
}

export interface Problem {
  kind: "unreadable" | "damaged";
  name: string;
  /** One sentence without the name: what is wrong, and what to do. */
  reason: string;
}

/** Blocks of bytes, each valid until the next one is asked for. */
export type Blocks = AsyncIterable<Uint8Array>;
