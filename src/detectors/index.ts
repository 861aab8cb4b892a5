import type { Detector } from "../records/detector.ts";
import { argumentJson } from "./argument-json.ts";
import { argumentSchema } from "./argument-schema.ts";
import { maskedResult } from "./masked-result.ts";
import { unanswered } from "./unanswered.ts";
import { unknownTool } from "./unknown-tool.ts";

/** All detectors, in the order of a call's life. */
export const detectors: Detector[] = [unknownTool, argumentJson, argumentSchema, unanswered, maskedResult];
