import type { LogDialect } from "../../records/dialect.ts";
import type { LogRecord } from "../../records/records.ts";
import { jsonText } from "./json.ts";
import { parsePython } from "./python-repr.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/** What AutoGen 0.2 and AG2's classic agents print: blocks between rows of stars, and `>>>>>>>>` lines. */
export const ag2Classic: LogDialect = {
  name: "ag2-classic",
  literals: ["***** suggested ", "***** response from ", ">>>>>>>> "],
  open: () => ({
    read(record, emit) {
      const blocks = blocksOf(record);
      for (const { kind, id, name, body, line } of blocks)
        READ[kind]({ id, name, body }, voiceOf(record, emit, { framework: "ag2" }, line));
      return blocks.length > 0 ? "claimed" : "none";
    },
  }),
};

interface Block {
  kind: Kind;
  id: string | null;
  name: string | null;
  body: string;
  line: number;
}
type Kind = "suggested" | "response" | "executing" | "executed" | "terminating";

const OPENING: [Kind, RegExp][] = [
  ["suggested", /^\*{5} Suggested (?:tool|function) call(?: \((?<id>[^)]*)\))?: (?<name>.*?) \*{5}$/],
  ["response", /^\*{5} Response from calling (?:tool \((?<id>[^)]*)\)|function \((?<name>[^)]*)\)) \*{5}$/],
  ["executing", /^>{8} EXECUTING (?:ASYNC )?FUNCTION (?<name>.*?)\.\.\.$/],
  ["executed", /^>{8} EXECUTED (?:ASYNC )?FUNCTION (?<name>.*?)\.\.\.$/],
  ["terminating", /^>{8} TERMINATING RUN \((?<id>[^)]*)\): (?<name>.*)$/],
];
const STARS = /^\*{10,}$/;
const SPEAKER = /^\S.{0,200} \(to .{1,200}\):$/;
const RULER = /^-{80}$/;

/** The blocks of one record. A framer may have joined several, or have kept the line of the next speaker. */
function blocksOf({ text }: LogRecord): Block[] {
  const blocks: Block[] = [];
  let current: (Block & { lines: string[] }) | null = null;
  const close = (): void => {
    if (current !== null) blocks.push({ ...current, body: current.lines.join("\n").trim() });
    current = null;
  };
  for (const [n, line] of text.split("\n").entries()) {
    const opened = openingOf(line.trimEnd(), n);
    if (opened !== null) {
      close();
      current = { ...opened, lines: [] };
    } else if (STARS.test(line) || SPEAKER.test(line) || RULER.test(line)) close();
    else (current as { lines: string[] } | null)?.lines.push(line);
  }
  close();
  return blocks;
}

function openingOf(line: string, n: number): Block | null {
  for (const [kind, pattern] of OPENING) {
    const groups = pattern.exec(line)?.groups;
    if (groups === undefined) continue;
    const id = groups["id"] === undefined || /^No (?:tool call )?id found$/.test(groups["id"]) ? null : groups["id"];
    return { kind, id, name: groups["name"] ?? null, body: "", line: n };
  }
  return null;
}

const READ: Record<Kind, (block: Pick<Block, "id" | "name" | "body">, voice: Voice) => void> = {
  suggested({ id, name, body }, voice) {
    const raw = body.replace(/^Arguments: ?\n?/, "");
    voice.requested(
      {
        id,
        name: name === "(No function name found)" ? null : name,
        argumentsRaw: raw === "(No arguments found)" ? null : raw,
      },
      0,
    );
  },
  response({ id, name, body }, voice) {
    voice.returned({ callId: id, tool: name, content: body, isError: isRefusal(body) ? true : null });
  },
  executing({ name, body }, voice) {
    voice.fact(
      { kind: "executed", ...argumentsOf(body), tool: name ?? "", outcome: "started", error: null, durationNs: null },
      name ?? "",
    );
  },
  /** Printed for functions that do not exist too: then nothing was executed. */
  executed({ name, body }, voice) {
    const output = /(?:^|\n)Output:\n?([^]*)$/.exec(body)?.[1]?.trim() ?? "";
    if (/^Error: Function .* not found\.|\bThe argument must be in JSON format\./.test(output)) return;
    const error = isRefusal(output) ? { type: null, message: output, stack: null } : null;
    voice.fact(
      {
        kind: "executed",
        ...argumentsOf(body),
        tool: name ?? "",
        outcome: error === null ? "ok" : "failed",
        error,
        durationNs: null,
      },
      output,
    );
  },
  terminating({ id, name }, voice) {
    const isLimit = (name ?? "").startsWith("Maximum ");
    voice.fact({ kind: "run-ended", outcome: isLimit ? "stopped" : "ok", reason: name }, name ?? "", id);
    if (isLimit) voice.text("status", name ?? "");
  },
};

/** Every failure is an ordinary result that begins so; other words at its start are the tool's own. */
function isRefusal(content: string): boolean {
  return content.startsWith("Error: ");
}

function argumentsOf(body: string): { callId: string | null; argumentsRaw: string | null } {
  const callId = /^Call ID: (.*)$/m.exec(body)?.[1]?.trim() ?? null;
  const printed = /^Input arguments: (.*)$/m.exec(body)?.[1] ?? "";
  const value = parsePython(printed)?.value ?? null;
  return { callId: callId === "None" ? null : callId, argumentsRaw: value === null ? null : jsonText(value) };
}
