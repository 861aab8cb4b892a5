import type { Format } from "../records/format.ts";
import { exchanges } from "./exports/exchanges.ts";
import { format, jsonFormat } from "./format.ts";
import { openProtobuf } from "./otlp/framed.ts";
import { otlpJson } from "./otlp/json.ts";

/** All formats but plain text, by the names that `sniff` and `--format-in` use. */
export const formats: readonly Format[] = [
  jsonFormat("otlp-json", otlpJson),
  format("otlp-proto", openProtobuf),
  jsonFormat("exchanges", exchanges),
];
