import { json } from "./json.ts";
import { ndjson } from "./ndjson.ts";
import type { Reporter } from "./reporter.ts";
import { text } from "./text.ts";

/** Every format that `--format` takes. */
export const REPORTERS = { text, json, ndjson } as const satisfies Record<string, Reporter>;

export type { View } from "./reporter.ts";
