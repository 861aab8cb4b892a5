import type { Limits } from "./limits.ts";
import type { Line } from "./line.ts";
import type { Lines } from "./lines.ts";

/**
 * The neighbours of a line in its stream. A run of lines that were looked at is kept with links between those of one
 * stream: so a log in which each line is by a new process costs each line once, and not all lines within its reach.
 *
 * What is kept changes the speed, never the answers.
 */
export class Streams {
  readonly #lines: Lines;
  readonly #limits: Limits;
  /** The run, by the starts of its lines. */
  readonly #nodes = new Map<number, Node>();
  readonly #firsts = new Map<string | null, Node>();
  readonly #lasts = new Map<string | null, Node>();
  #top: Node | null = null;
  #bottom: Node | null = null;

  constructor(lines: Lines, limits: Limits) {
    this.#lines = lines;
    this.#limits = limits;
  }

  /** The line before in the same stream, or null when none is within reach. */
  previous(line: Line): Line | "wait" | null {
    const { reachLines, reachBytes } = this.#limits;
    const node = this.#nodeOf(line);
    while (node.previous === null) {
      const top = this.#top!;
      if (node.index - top.index >= reachLines || line.start - top.line.start > reachBytes) return null;
      const start = this.#lines.before(top.line.start);
      const before = start === null ? null : this.#lines.at(start);
      if (before === null || before === "wait") return before;
      this.#addAbove(before);
    }
    const { line: found, index } = node.previous;
    return node.index - index <= reachLines && line.start - found.end <= reachBytes ? found : null;
  }

  /** The next line of the same stream, or null when none is within reach (and none will be). */
  next(line: Line): Line | "wait" | null {
    const { reachLines, reachBytes } = this.#limits;
    const node = this.#nodeOf(line);
    while (node.next === null) {
      const bottom = this.#bottom!;
      if (bottom.index - node.index >= reachLines || bottom.line.end - line.end > reachBytes) return null;
      if (bottom.line.end >= this.#lines.ready) return this.#lines.ended ? null : "wait";
      const after = this.#lines.at(bottom.line.end);
      if (after === "wait") return "wait";
      this.#addBelow(after);
    }
    const { line: found, index } = node.next;
    return index - node.index <= reachLines && found.start - line.end <= reachBytes ? found : null;
  }

  /** Begins a new run where the line is not in this one, or this one has become long. */
  #nodeOf(line: Line): Node {
    const known = this.#nodes.get(line.start);
    if (known !== undefined && !this.#isLong()) return known;
    if (known === undefined && line.start === this.#bottom?.line.end) return this.#addBelow(line);
    this.#nodes.clear();
    this.#firsts.clear();
    this.#lasts.clear();
    this.#top = null;
    this.#bottom = null;
    return this.#addBelow(line);
  }

  #isLong(): boolean {
    const top = this.#top!;
    const bottom = this.#bottom!;
    const { reachLines, reachBytes } = this.#limits;
    return bottom.index - top.index > LONG * reachLines || bottom.line.end - top.line.start > LONG * reachBytes;
  }

  #addBelow(line: Line): Node {
    const previous = this.#lasts.get(line.stream) ?? null;
    const node: Node = { line, index: (this.#bottom?.index ?? 0) + 1, previous, next: null };
    if (previous === null) this.#firsts.set(line.stream, node);
    else previous.next = node;
    this.#lasts.set(line.stream, node);
    this.#nodes.set(line.start, node);
    this.#bottom = node;
    this.#top ??= node;
    return node;
  }

  #addAbove(line: Line): void {
    const next = this.#firsts.get(line.stream) ?? null;
    const node: Node = { line, index: this.#top!.index - 1, previous: null, next };
    if (next === null) this.#lasts.set(line.stream, node);
    else next.previous = node;
    this.#firsts.set(line.stream, node);
    this.#nodes.set(line.start, node);
    this.#top = node;
  }
}

interface Node {
  line: Line;
  /** Differences count lines. */
  index: number;
  /** Of the same stream, within the run. */
  previous: Node | null;
  next: Node | null;
}

/** A run is forgotten when it is so many times as long as a reach: what is near is looked at again. */
const LONG = 8;
