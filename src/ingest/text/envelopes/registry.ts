import type { Envelope, FirstKind } from "./envelope.ts";
import { json } from "./json/envelope.ts";
import { asctime } from "./lines/asctime.ts";
import { githubCommand } from "./lines/github.ts";
import { lambda } from "./lines/lambda.ts";
import { logfmt } from "./lines/logfmt.ts";
import { pinoPretty } from "./lines/pino-pretty.ts";
import { glog, loguru, pytest, pythonBasic } from "./lines/python.ts";
import { richHandler } from "./lines/rich.ts";
import { structlogConsole } from "./lines/structlog.ts";
import { transport } from "./lines/transport.ts";
import { plainLevel, uvicorn } from "./lines/uvicorn.ts";
import { winstonSimple } from "./lines/winston.ts";

/** All envelopes; the first that fits peels, so the particular stand before the general. */
const ENVELOPES: readonly Envelope[] = [
  transport,
  githubCommand,
  lambda,
  json,
  loguru,
  structlogConsole,
  richHandler,
  pinoPretty,
  pytest,
  pythonBasic,
  uvicorn,
  glog,
  asctime,
  logfmt,
  winstonSimple,
  plainLevel,
];

/** Those that can begin with a kind of first character. */
export const BY_FIRST: ReadonlyMap<FirstKind, readonly Envelope[]> = new Map(
  (["digit", "upper", "lower", "[", "{", "<", " ", "other"] as const).map((kind) => [
    kind,
    ENVELOPES.filter((envelope) => envelope.first.includes(kind)),
  ]),
);
