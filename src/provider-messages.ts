/**
 * What the instrumentation needs of the readers: providers' requests, answers and streams as neutral messages, and the
 * check of arguments against a schema. One place, so that a call is understood alike as it happens and afterwards.
 */
export { answerOf } from "./ingest/messages/answer.ts";
export { messagesOf } from "./ingest/messages/messages.ts";
export { toolsOf } from "./ingest/messages/tools.ts";
export { assembler } from "./ingest/stream/assemble.ts";
export { violationsOf } from "./detectors/schema-check.ts";
