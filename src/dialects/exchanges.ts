import type { ExchangeDialect } from "../records/dialect.ts";
import { transcript } from "./exchanges/transcript.ts";
import { wire } from "./exchanges/wire.ts";

export const exchangeDialects: ExchangeDialect[] = [wire, transcript];
