import type { OtelLogDialect } from "../records/dialect.ts";

export const otelLogDialects: OtelLogDialect[] = [];
