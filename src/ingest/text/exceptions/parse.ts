/** One exception of a traceback, stack or chain. */
export interface ParsedException {
  language: "python" | "javascript" | "java" | "go";
  /** As printed: `json.decoder.JSONDecodeError`, `APICallError`. */
  type: string;
  message: string;
  /** How it stands to the exception that was raised. */
  relation: "raised" | "cause" | "context" | "group-member";
  /** 0 is the one that was raised; greater is nearer to the root cause. */
  depth: number;
  /** UTF-16 range of `Type: message` in the text. */
  start: number;
  end: number;
  frames: Frame[];
}

export interface Frame {
  file: string;
  line: number | null;
  func: string | null;
  /** Not a library's nor the language's own. */
  user: boolean;
}

/** All exceptions in a text, in the order of the text. */
export function parseExceptions(_text: string): ParsedException[] {
  return [];
}
