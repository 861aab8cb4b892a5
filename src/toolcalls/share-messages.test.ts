import { expect, test } from "vitest";
import type { Message } from "../records/records.ts";
import { createSharing } from "./share-messages.ts";

const say = (text: string, id: string | null = null): Message => ({
  role: "user",
  text,
  calls: id === null ? [] : [{ id, name: "f", argumentsRaw: "{}" }],
  results: [],
});

test("a history that grows keeps the messages that it shows again", () => {
  const share = createSharing();
  const first = share("run", [say("a"), say("b", "call_1")]).messages;
  const { messages, fresh } = share("run", [say("a"), say("b", "call_1"), say("c")]);
  expect(fresh).toBe(2);
  expect(messages).toEqual([say("a"), say("b", "call_1"), say("c")]);
  expect(messages[1]).toBe(first[1]);
});

test("what differs, and what another run shows, is its own", () => {
  const share = createSharing();
  const first = share("run", [say("a"), say("b", "call_1")]).messages;
  expect(share("other", [say("a")]).fresh).toBe(0);
  const { messages, fresh } = share("run", [say("a"), say("b", "call_2")]);
  expect(fresh).toBe(1);
  expect(messages[0]).toBe(first[0]);
  expect(messages[1]!.calls[0]!.id).toBe("call_2");
});
