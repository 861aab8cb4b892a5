import type { SpanDialect } from "../records/dialect.ts";

export const spanDialects: SpanDialect[] = [];
