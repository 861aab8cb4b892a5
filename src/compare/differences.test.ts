import { describe, expect, it } from "vitest";
import { differencesOf } from "./differences.ts";
import { isTrait, MEASURES } from "./trait-keys.ts";
import type { Unit } from "./units.ts";

function unit(n: number, failed: boolean, texts: Record<string, string>, numbers: Record<string, number> = {}): Unit {
  return {
    id: `run ${n}`,
    failed,
    causes: new Set(),
    texts: new Map(Object.entries(texts).map(([key, value]) => [key, new Set([value])])),
    numbers: new Map(Object.entries(numbers)),
  };
}

describe("differences", () => {
  it("names the value that failing runs have, with what always goes along with it", () => {
    const units = Array.from({ length: 24 }, (_, n) =>
      unit(n, n % 3 === 0, {
        "gen_ai.request.model": n % 3 === 0 ? "small" : "large",
        model: n % 3 === 0 ? "small" : "large",
        "host.name": `host-${n % 2}`,
        "run.id": `id-${n}`,
      }),
    );
    const { failing, healthy, differences } = differencesOf(units);
    expect([failing, healthy]).toEqual([8, 16]);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatchObject({ attribute: "model", value: "small", failing: 8, healthy: 0 });
    expect(differences[0]!.alike).toEqual([{ attribute: "gen_ai.request.model", value: "small" }]);
    // one of C(24, 8) ways, times the values that could have been significant: one model and both hosts; `large`,
    // which 16 runs have, cannot explain 8 failures well enough
    expect(differences[0]!.p).toBeCloseTo(1 / 735471, 12);
    expect(differences[0]!.corrected).toBeCloseTo(3 / 735471, 12);
  });

  it("finds the threshold of a number", () => {
    const units = Array.from({ length: 40 }, (_, n) => unit(n, n > 30, {}, { [MEASURES.runsInFlight]: n }));
    const { differences } = differencesOf(units);
    expect(differences).toHaveLength(1);
    expect(differences[0]!.attribute).toBe(MEASURES.runsInFlight);
    expect(Number(differences[0]!.value.replace("> ", ""))).toBeGreaterThanOrEqual(25);
  });

  it("says nothing of what chance explains, however many values there are", () => {
    let seed = 7;
    const random = (): number => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
    let said = 0;
    for (let round = 0; round < 40; round++) {
      const units = Array.from({ length: 30 }, (_, n) =>
        unit(
          n,
          random() < 0.4,
          Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`a${k}`, String(Math.floor(random() * 3))])),
        ),
      );
      said += differencesOf(units).differences.length;
    }
    expect(said).toBeLessThanOrEqual(3);
  });

  it("needs both sides", () => {
    expect(differencesOf([]).differences).toEqual([]);
    expect(differencesOf([unit(0, true, { a: "1" }), unit(1, true, { a: "2" })]).differences).toEqual([]);
    expect(differencesOf([unit(0, true, { a: "1" }), unit(1, false, { a: "2" })]).differences).toEqual([]);
  });
});

describe("attributes that explain", () => {
  it.each([
    "gen_ai.request.model",
    "gen_ai.response.model",
    "service.version",
    "host.name",
    "gen_ai.request.temperature",
    "gen_ai.request.max_tokens",
    "gen_ai.usage.input_tokens",
    "deployment.environment.name",
    "prompt.version",
  ])("%s may", (key) => expect(isTrait(key)).toBe(true));

  it.each([
    "error.type",
    "exception.message",
    "otel.status_code",
    "http.response.status_code",
    "gen_ai.response.finish_reasons",
    "gen_ai.tool.call.result",
    "gen_ai.tool.call.arguments",
    "gen_ai.output.messages",
    "llm.input_messages.3.message.content",
    "output.value",
    "gen_ai.usage.output_tokens",
    "logfire.level_num",
    "ai.response.finishReason",
  ])("%s follows from the failure", (key) => expect(isTrait(key)).toBe(false));
});
