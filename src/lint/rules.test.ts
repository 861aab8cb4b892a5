import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { definitionsOf } from "./definition.ts";
import { isObject } from "./json.ts";
import { problemsOf } from "./problems.ts";
import { PROVIDERS, type Provider } from "./provider.ts";
import { RULES } from "./rules.ts";
import type { Rule } from "./rule.ts";

function broken(rule: Rule, provider: Provider, example: unknown): string[] {
  const body = rule.at === "request" && isObject(example) ? example : null;
  const tools = body !== null ? (body["tools"] as unknown[] | undefined) : Array.isArray(example) ? example : [example];
  return problemsOf({
    tools: definitionsOf(tools ?? []),
    listed: tools ?? null,
    body,
    providers: [provider],
    asSent: true,
  }).map((problem) => problem.rule);
}

const rows = RULES.flatMap((rule) =>
  (rule.providers ?? PROVIDERS).map((provider) => ({ rule, provider, name: rule.id })),
);

test.each(rows)("$name of $provider: the broken example breaks it, the sound one does not", ({ rule, provider }) => {
  expect(broken(rule, provider, rule.examples.broken)).toContain(rule.id);
  expect(broken(rule, provider, rule.examples.sound)).not.toContain(rule.id);
});

test("no other provider has the rule", () => {
  const wrong = RULES.flatMap((rule) =>
    PROVIDERS.filter((provider) => !(rule.providers ?? PROVIDERS).includes(provider))
      .filter((provider) => broken(rule, provider, rule.examples.broken).includes(rule.id))
      .map((provider) => `${rule.id} of ${provider}`),
  );
  expect(wrong).toEqual([]);
});

test("ids are unique, each has a source and a cause that is explained", () => {
  expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  for (const { classifier, source, fix } of RULES) {
    const file = new URL(`../../classifiers/${classifier}.yaml`, import.meta.url);
    expect(readFileSync(file, "utf8")).toContain(`id: ${classifier}`);
    expect(source.length).toBeGreaterThan(10);
    expect(fix).toMatch(/\.$/);
  }
});
