import type { Span } from "../../records/records.ts";
import type { Speaker } from "../speaker.ts";
import { exceptionText, type SpanError } from "./errors.ts";

/** The texts of a span's failure: its exceptions, or its status when there are none. */
export function sayFailure(
  span: Span,
  voice: Speaker,
  error: SpanError | null,
  about: { tool?: string | null; callId?: string | null } = {},
): void {
  if (error === null) return;
  const flagged = error.certain && !error.cancelled ? true : null;
  const { exceptions } = error;
  for (const exception of exceptions)
    voice.text("exception", exceptionText(exception), span.endNs, { ...about, flagged });
  const said = span.status.code === "ok" ? null : span.status.message;
  if (exceptions.length === 0)
    voice.text(
      "status",
      exceptionText({
        type: said?.includes(error.type ?? "") === true ? null : error.type,
        message: said ?? error.message,
        stack: null,
      }),
      span.endNs,
      { ...about, flagged },
    );
}
