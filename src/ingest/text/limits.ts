/** Sizes that bound what the scanner holds and how far it looks. In bytes where not said otherwise. */
export interface Limits {
  /** A longer record is cut; a longer line is given out in parts around its hits. */
  maxRecord: number;
  /** See `Framing`: a walk back ends within two chunks. */
  chunk: number;
  /** Two lines of one stream that are farther apart do not belong together. */
  reachBytes: number;
  reachLines: number;
  /** What is kept of a giant line before and behind a hit. */
  around: number;
}

/** Tests use smaller ones, so that small logs meet every bound. */
export const LIMITS: Limits = {
  maxRecord: 1024 * 1024,
  chunk: 128 * 1024,
  reachBytes: 64 * 1024,
  reachLines: 256,
  around: 64 * 1024,
};
