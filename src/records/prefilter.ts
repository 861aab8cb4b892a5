/**
 * Multi-literal search over raw bytes, ASCII case-insensitive. Two members, so that a faster engine can take the
 * place of the plain one (docs/scanner.md); every engine passes the same contract suite.
 */
export interface Prefilter {
  /** Calls `hit(offset of the literal's first byte, literal id)` for every occurrence that lies wholly inside [from, to), in order of their ends. */
  scan(bytes: Uint8Array, from: number, to: number, hit: (offset: number, literal: number) => void): void;
  /** Length of the longest literal: a caller keeps `longest - 1` bytes across blocks. */
  readonly longest: number;
}

/** The literals that signatures and dialects wait for, numbered. Built by the library, given to the scanner. */
export interface Literals {
  /** Lower-case ASCII, at least 4 bytes, distinct; the index is the literal's id. */
  readonly list: readonly string[];
  id(literal: string): number | undefined;
  /** Literals that may stand anywhere and say the same each time: they bring no record, but a mark at most once in 50 lines. */
  readonly sparse?: ReadonlySet<number>;
}
