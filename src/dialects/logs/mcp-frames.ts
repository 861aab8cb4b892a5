import type { LogDialect } from "../../records/dialect.ts";
import { remember } from "../remember.ts";
import { toolDefinitions } from "./chat.ts";
import { fieldsOf, isFields, jsonText, listOf, parseJson, stringOf } from "./json.ts";
import type { Fields } from "./json.ts";
import { voiceOf } from "./say.ts";
import type { Voice } from "./say.ts";

/** JSON-RPC frames of MCP in a log, alone or behind words (`Received message from server: {...}`): calls, results, tools. */
export const mcpFrames: LogDialect = {
  name: "mcp-frames",
  literals: ['"jsonrpc"', '\\"jsonrpc\\"'],
  open() {
    const calls = new Map<string, string>();
    const seen = new Set<string>();
    return {
      read(record, emit) {
        const frame = frameIn(record.text) ?? (record.fields["jsonrpc"] === "2.0" ? record.fields : null);
        if (frame === null) return "none";
        const key = `${record.scope.stream ?? ""}\n${jsonText(frame)}`;
        if (seen.has(key)) return "claimed";
        seen.add(key);
        if (seen.size > RECENT) seen.delete(seen.values().next().value!);
        return readFrame(frame, voiceOf(record, emit), calls) ? "claimed" : "none";
      },
    };
  },
};

const RECENT = 256;

function frameIn(text: string): Fields | null {
  const at = text.indexOf('{"');
  if (at === -1 || !text.includes('"jsonrpc"')) return null;
  const value = parseJson(text.slice(at, text.lastIndexOf("}") + 1));
  return isFields(value) && value["jsonrpc"] === "2.0" ? value : null;
}

/** Ids count per connection: they join a result to the last call that had it, and name no call elsewhere. */
function readFrame(frame: Fields, voice: Voice, calls: Map<string, string>): boolean {
  const id = jsonText(frame["id"] ?? null);
  const params = fieldsOf(frame["params"]);
  if (frame["method"] === "tools/call") {
    const tool = stringOf(params["name"]) ?? "";
    remember(calls, id, tool, RECENT);
    voice.fact({
      kind: "executed",
      callId: null,
      tool,
      argumentsRaw: jsonText(params["arguments"] ?? {}),
      outcome: "started",
      error: null,
      durationNs: null,
    });
    return true;
  }
  if (typeof frame["method"] === "string") return true;
  const result = fieldsOf(frame["result"]);
  if (Array.isArray(result["tools"]))
    voice.fact({ kind: "offered", tools: toolDefinitions(result["tools"]) }, "tools listed");
  const tool = calls.get(id);
  if (tool === undefined) return "result" in frame;
  calls.delete(id);
  const error = fieldsOf(frame["error"]);
  const isError = "error" in frame || result["isError"] === true;
  const content =
    "error" in frame
      ? `MCP error ${jsonText(error["code"])}: ${stringOf(error["message"]) ?? ""}`
      : listOf(result["content"])
          .flatMap((part) => stringOf(fieldsOf(part)["text"]) ?? [])
          .join("\n");
  const failure = isError ? { type: null, message: content, stack: null } : null;
  voice.fact(
    {
      kind: "executed",
      callId: null,
      tool,
      argumentsRaw: null,
      outcome: isError ? "failed" : "ok",
      error: failure,
      durationNs: null,
    },
    content,
  );
  voice.returned({ callId: null, tool, content, isError, structured: result["structuredContent"] ?? null });
  return true;
}
