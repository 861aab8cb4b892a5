/**
 * A document in which a log or a failure's text stands, written so that its lines are not lines of the document: a
 * notebook, a report of tests, the answer of a tool that ran a program, a table of a log's interface.
 */
export interface Carrier {
  readonly name: string;
  /** Whether the first bytes of a source, as text, may be of one. Cheap: it is asked of every log. */
  begins(head: string): boolean;
  /** The text that the document carries; null when it is none such. */
  unpack(document: string): string | null;
}

/** UTF-16 units of a document that are unpacked; longer ones are read as they are. */
export const LONGEST = 32 * 1024 * 1024;
