import type { Detector } from "../records/detector.ts";
import { argumentJson } from "./argument-json.ts";
import { argumentSchema } from "./argument-schema.ts";
import { brokenStream } from "./broken-stream.ts";
import { callAsText } from "./call-as-text.ts";
import { cutResult } from "./cut-result.ts";
import { failedCall } from "./failed-call.ts";
import { failedRequest } from "./failed-request.ts";
import { finishReason } from "./finish-reason.ts";
import { history } from "./history.ts";
import { loop } from "./loop.ts";
import { lostResult } from "./lost-result.ts";
import { maskedResult } from "./masked-result.ts";
import { notExecutable } from "./not-executable.ts";
import { nothingFound } from "./nothing-found.ts";
import { outputSchema } from "./output-schema.ts";
import { overload } from "./overload.ts";
import { sharedHistory } from "./shared-history.ts";
import { sharedResult } from "./shared-result.ts";
import { stepLimit } from "./step-limit.ts";
import { structuredAnswer } from "./structured-answer.ts";
import { clockSkew } from "./telemetry/clock-skew.ts";
import { droppedAttributes } from "./telemetry/dropped-attributes.ts";
import { lostSpans } from "./telemetry/lost-spans.ts";
import { mergedByTracer } from "./telemetry/merged-by-tracer.ts";
import { overwrittenStatus } from "./telemetry/overwritten-status.ts";
import { unanswered } from "./unanswered.ts";
import { unknownTool } from "./unknown-tool.ts";

/** All detectors, in the order of a call's life. */
export const detectors: Detector[] = [
  notExecutable,
  unknownTool,
  callAsText,
  finishReason,
  structuredAnswer,
  brokenStream,
  failedRequest,
  argumentJson,
  argumentSchema,
  unanswered,
  overload,
  sharedResult,
  failedCall,
  maskedResult,
  nothingFound,
  outputSchema,
  lostResult,
  cutResult,
  history,
  sharedHistory,
  loop,
  stepLimit,
  lostSpans,
  overwrittenStatus,
  mergedByTracer,
  clockSkew,
  droppedAttributes,
];

export { settleFindings } from "./settle.ts";
