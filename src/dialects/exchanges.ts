import type { ExchangeDialect } from "../records/dialect.ts";

export const exchangeDialects: ExchangeDialect[] = [];
