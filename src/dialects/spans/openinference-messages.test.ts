import { expect, test } from "vitest";
import { openInferenceMessages } from "./openinference-messages.ts";

test("finds the call that a result answers in BeeAI's parts", () => {
  const message = "llm.input_messages.0.message";
  const messages = openInferenceMessages(
    {
      [`${message}.role`]: "tool",
      [`${message}.contents.0.message.tool_call_id`]: "c1",
      [`${message}.contents.0.message_content.type`]: "text",
      [`${message}.contents.0.message_content.text`]: "free",
    },
    "llm.input_messages",
  );
  expect(messages?.[0]?.results).toMatchObject([{ callId: "c1", content: "free" }]);
});
