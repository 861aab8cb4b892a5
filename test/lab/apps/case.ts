// One case of the lab as an application of its own, untraced: `case.ts TABLE ID`. The servers' addresses are in the environment.
import OpenAI from "openai";
import { actWithAiSdk, AI_SDKS } from "../ai-sdk-acts.ts";
import { CHAT_CASES, type ChatClient } from "../chat-cases.ts";
import { WIRE_CASES } from "../wire-cases.ts";
import { WIRES } from "../wires.ts";

const [, , table = "", id = ""] = process.argv;
const { OPENAI_BASE_URL: openai = "", ANTHROPIC_BASE_URL: anthropic = "" } = process.env;
const chat = CHAT_CASES.find((one) => one.id === id)!;
const wire = WIRES.find(({ name }) => name === table);
const origin = openai.replace(/\/v1\/?$/, "");

async function act(): Promise<unknown> {
  if (wire !== undefined) {
    const client = wire.open(table.startsWith("Anthropic") ? anthropic : origin);
    return WIRE_CASES.find((one) => one.id === id)!.act(wire, client);
  }
  if (table in AI_SDKS) return actWithAiSdk(AI_SDKS[table]!, chat, origin);
  return chat.act(new OpenAI({ apiKey: "sk-lab" }) as unknown as ChatClient);
}

// The application deals with its errors: nobody but the instrumentation and the tap tells of them.
await act().catch(() => {});
