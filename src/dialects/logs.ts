import type { LogDialect } from "../records/dialect.ts";
import { ag2Classic } from "./logs/ag2-classic.ts";
import { ag2Events } from "./logs/ag2-events.ts";
import { autogenConsole } from "./logs/autogen-console.ts";
import { autogenEvents } from "./logs/autogen-events.ts";
import { autogenMessages } from "./logs/autogen-messages.ts";
import { autogenProse } from "./logs/autogen-prose.ts";

/** The dialects of text logs, in the order in which they are tried: the first that claims a record keeps it. */
export const logDialects: LogDialect[] = [autogenConsole, autogenEvents, autogenMessages, autogenProse, ag2Classic, ag2Events];
