/** One exception of a traceback, stack or chain. */
export interface ParsedException {
  /** "unknown": a lone `TypeError: text` that several languages write. */
  language: "python" | "javascript" | "java" | "go" | "unknown";
  /** As printed: `json.decoder.JSONDecodeError`, `APICallError`. */
  type: string;
  /** May have several lines; empty where there is none. */
  message: string;
  /** How it stands to the exception that holds it. */
  relation: "raised" | "cause" | "context" | "group-member";
  /** 0 is the one that was raised; greater is nearer to the root cause. */
  depth: number;
  /** UTF-16 range of `Type: message` in the text. */
  start: number;
  end: number;
  /** As printed: Python's innermost frame is the last, that of all others the first. */
  frames: Frame[];
  /** Node's code, in brackets behind the type or among the properties (`AI_APICallError`, `ECONNREFUSED`). */
  code?: string;
}

export interface Frame {
  file: string;
  line: number | null;
  func: string | null;
  /** Not a library's nor the language's own. */
  user: boolean;
}

/** An exception while its tree grows: causes, contexts and members hang below it. */
export interface Growing extends ParsedException {
  below: Growing[];
}

export function growing(
  language: ParsedException["language"],
  type: string,
  message: string,
  start: number,
  end: number,
): Growing {
  return { language, type, message, relation: "raised", depth: 0, start, end, frames: [], below: [] };
}

/** Hangs one below another. */
export function hang(above: Growing, below: Growing, relation: ParsedException["relation"]): void {
  below.relation = relation;
  above.below.push(below);
}

/** The trees as a list in the order of the text, depths filled in. */
export function flatten(roots: readonly Growing[]): ParsedException[] {
  const list: ParsedException[] = [];
  const open = roots.map((root) => ({ node: root, depth: 0 }));
  while (open.length > 0) {
    const { node, depth } = open.pop()!;
    const { below, ...exception } = node;
    list.push({ ...exception, depth });
    for (const child of below) open.push({ node: child, depth: depth + 1 });
  }
  return list.sort((a, b) => a.start - b.start);
}
