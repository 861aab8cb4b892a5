import { describe, expect, it } from "vitest";
import { createCalls } from "./calls.ts";
import { createRoom } from "./room.ts";

describe("room", () => {
  it("lets nobody go on while too much is on its way", async () => {
    const room = createRoom(100);
    await room.wait();
    room.gave(150);
    let isFree = false;
    const waiting = room.wait().then(() => (isFree = true));
    room.took(40);
    await Promise.resolve();
    expect(isFree).toBe(false);
    room.took(20);
    await waiting;
    expect(isFree).toBe(true);
  });
});

describe("calls", () => {
  it("get their own answers, and none after a failure", async () => {
    const calls = createCalls();
    const sent: number[] = [];
    const [one, two] = [calls.ask<string>((call) => sent.push(call)), calls.ask<string>((call) => sent.push(call))];
    calls.answer(sent[1]!, "two");
    calls.answer(sent[0]!, "one");
    expect(await Promise.all([one, two])).toEqual(["one", "two"]);
    const three = calls.ask((call) => sent.push(call));
    calls.fail(new Error("gone"));
    await expect(three).rejects.toThrow("gone");
    await expect(calls.ask(() => {})).rejects.toThrow("gone");
  });
});
