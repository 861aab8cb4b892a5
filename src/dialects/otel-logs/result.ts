import { callText, type Speaker } from "../speaker.ts";

/** What an event says of one call that was executed. `duration`: milliseconds, as a number or its text. */
export interface LoggedResult {
  tool: string | null;
  callId: string | null;
  argumentsRaw: string | null;
  output: string | null;
  duration: unknown;
  error: { type: string | null; message: string | null } | null;
}

export function sayResult(voice: Speaker, timeNs: bigint | null, said: LoggedResult): void {
  const { tool, callId, argumentsRaw, output, error } = said;
  const millis = Number(said.duration);
  voice.fact(
    {
      kind: "executed",
      callId,
      tool: tool ?? "",
      argumentsRaw,
      outcome: error === null ? "ok" : "failed",
      error: error === null ? null : { ...error, stack: null },
      durationNs: Number.isFinite(millis) && millis >= 0 ? BigInt(Math.round(millis * 1e6)) : null,
    },
    timeNs,
    error?.message ?? tool ?? "",
    callId,
  );
  if (output !== null) voice.returned({ callId, tool, content: output, isError: error === null ? null : true }, timeNs);
  else if (error !== null) voice.text("tool-result", error.message, timeNs, { flagged: true, tool, callId });
}

/** A call that the framework refused before anything ran; the event has the arguments too. */
export function sayRefusal(
  voice: Speaker,
  timeNs: bigint | null,
  kind: "looked-up" | "validated",
  {
    tool,
    callId,
    argumentsRaw,
    reason,
  }: Pick<LoggedResult, "tool" | "callId" | "argumentsRaw"> & { reason: string | null },
): void {
  const call = { id: callId, name: tool, argumentsRaw };
  voice.fact({ kind: "requested", call, index: 0 }, timeNs, callText(call), callId);
  voice.fact({ kind, callId, tool, ok: false, reason }, timeNs, reason ?? "", callId);
  voice.returned({ callId, tool, content: reason ?? "", isError: true }, timeNs);
}
