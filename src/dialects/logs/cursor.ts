/**
 * Reads a value that a runtime printed, at `start`; null when `read` refuses the text. `end` is the offset behind it.
 * Nothing is evaluated.
 */
export function readPrinted<T>(
  text: string,
  start: number,
  read: (cursor: Cursor) => T,
): { value: T; end: number } | null {
  const cursor = new Cursor(text, start);
  try {
    const value = read(cursor);
    return { value, end: cursor.at };
  } catch (error) {
    if (error === REFUSED) return null;
    throw error;
  }
}

/** Thrown where the text is no such value: one object, since it is made often and has no use for a stack. */
export const REFUSED = new Error("no printed value");

/** A place in a text that moves forward over what it takes. */
export class Cursor {
  readonly text: string;
  at: number;

  constructor(text: string, at: number) {
    this.text = text;
    this.at = at;
  }

  /** The character here; empty at the end. */
  get sign(): string {
    return this.text[this.at] ?? "";
  }

  space(): void {
    while (this.at < this.text.length && " \n\r\t".includes(this.text[this.at]!)) this.at++;
  }

  /** Takes the sign if it is next, white space before it as well. */
  eat(sign: string): boolean {
    this.space();
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  /** Takes what a sticky pattern matches here. */
  take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  /** Takes an opening sign, what stands between commas, and the closing sign; a comma may stand before that. */
  members(closing: string, member: () => void): void {
    this.at++;
    while (!this.eat(closing)) {
      member();
      if (this.eat(",")) continue;
      if (!this.eat(closing)) throw REFUSED;
      return;
    }
  }
}
