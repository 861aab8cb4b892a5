import { formats } from "./ingest/formats.ts";

/** The formats that can be read, as `--format-in` and the report name them. */
export const formatNames: readonly string[] = ["text", ...formats.map(({ name }) => name)];
