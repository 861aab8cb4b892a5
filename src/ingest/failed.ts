import type { Reader, Sink } from "../records/format.ts";

/** A reader whose faults cost a block, not the source: they are counted, and it goes on with the next. */
export function unfailing(reader: Reader, sink: Sink): Reader {
  const attempt = (read: () => void): void => {
    try {
      read();
    } catch (error) {
      sayFailed(error, "block", sink);
    }
  };
  return {
    push: (bytes) => attempt(() => reader.push(bytes)),
    end: () => attempt(() => reader.end()),
    get records() {
      return reader.records;
    },
  };
}

/** Counts what could not be read for a reason that is not in the input's form: nested deeper than the stack is, or our fault. */
export function sayFailed(error: unknown, what: string, sink: Sink): void {
  if (error instanceof RangeError) return sink.drop("nested too deeply");
  sink.drop(`${what} that the reader failed on`);
  sink.note(`the reader failed on a ${what}: ${error instanceof Error ? error.message : String(error)}`);
}
