import type { ExchangeDialect } from "../records/dialect.ts";
import { readTranscript } from "./exchanges/transcript.ts";
import { readWire } from "./exchanges/wire.ts";

export const exchangeDialects: ExchangeDialect[] = [
  {
    name: "model-exchanges",
    read(exchange, emit) {
      const isSaved = exchange.status === null && exchange.answer === null && exchange.error === null;
      (isSaved ? readTranscript : readWire)(exchange, emit);
    },
  },
];
