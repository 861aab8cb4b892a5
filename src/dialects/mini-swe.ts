import type { Message } from "../records/records.ts";

/**
 * mini-swe-agent (1.x) has no tool calls: the model writes one block of bash, and the next message is what the shell said. An
 * exit status other than 0 is an answer like any other; a command that was killed, and an answer without one block, are failures.
 */
export function withShellCalls(messages: Message[]): Message[] {
  if (!messages.some(isReply)) return messages;
  return messages.map((message, n) => {
    const [before, next] = [messages[n - 1], messages[n + 1]];
    if (isReply(message) && isAnswer(before)) return resultOf(message.text ?? "");
    return isAnswer(message) && isReply(next) ? { ...message, calls: [callIn(message.text ?? "")] } : message;
  });
}

const REPLY =
  /^(?:<returncode>-?\d{1,5}<\/returncode>|The last command <command>|Please always provide EXACTLY ONE action)/;
const FAILED = /^(?:The last command <command>|Please always provide EXACTLY ONE action)/;
/** At the start of a line, so that each opening closes the one before: no text is read twice. */
const BLOCK = /^```bash[ \t]*\n([^]*?)\n```/gm;

function isReply(message: Message | undefined): boolean {
  return message?.role === "user" && message.text !== null && REPLY.test(message.text);
}

function isAnswer(message: Message | undefined): boolean {
  return message?.role === "assistant" && message.calls.length === 0;
}

function callIn(text: string): Message["calls"][number] {
  const blocks = [...text.matchAll(BLOCK)].map(([, command]) => command!);
  const argumentsRaw = blocks.length === 1 ? JSON.stringify({ command: blocks[0] }) : null;
  return { id: null, name: "bash", argumentsRaw, parsed: true };
}

function resultOf(content: string): Message {
  const isError = FAILED.test(content) ? true : null;
  return { role: "tool", text: null, calls: [], results: [{ callId: null, tool: "bash", content, isError }] };
}
