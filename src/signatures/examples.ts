import type { Classifier, CleanExample, Example } from "../records/classifier.ts";
import { scopeOf } from "../records/evidence.ts";
import type { Facts } from "../records/finding.ts";
import type { Place, Text } from "../records/text.ts";
import type { Matcher } from "./matcher.ts";
import { resolve } from "./resolve.ts";

export interface ExampleFailure {
  classifier: string;
  example: string;
  problem: string;
}

/**
 * Runs the examples of the classifiers: each `match` text must be answered with its class and facts, each `clean` text
 * must not be answered with it. Examples that are files are for detectors and run with the whole analyzer.
 */
export function testExamples(classifiers: readonly Classifier[], matcher: Matcher): ExampleFailure[] {
  return classifiers.flatMap((classifier) => [
    ...classifier.examples.match.flatMap((example) => problemsOfMatch(classifier, example, matcher)),
    ...classifier.examples.clean.flatMap((example) => problemsOfClean(classifier, example, matcher)),
  ]);
}

function problemsOfMatch(classifier: Classifier, example: Example, matcher: Matcher): ExampleFailure[] {
  if (example.text === null) return [];
  const found = resolve(matcher.match(exampleText(example.text, example.in, example.flagged)));
  const fail = (problem: string): ExampleFailure => ({
    classifier: classifier.id,
    example: example.text!.slice(0, 120),
    problem,
  });
  if (found === null) return [fail("nothing matched")];
  const of = `${found.classifier.id} (${found.signature.id})`;
  if (found.classifier.id !== classifier.id) return [fail(`answered ${of}`)];
  return differences(example.facts, found.facts).map((d) => fail(`${of}: ${d}`));
}

function problemsOfClean(classifier: Classifier, example: CleanExample, matcher: Matcher): ExampleFailure[] {
  if (example.text === null) return [];
  const matches = matcher.match(exampleText(example.text, example.in, example.flagged));
  const own = resolve(matches);
  // a near miss may well belong to another class; a generic signature needs an agent around it, which an example has not
  if (own === null || own.classifier.id !== classifier.id || own.signature.needsAgent) return [];
  return [
    { classifier: classifier.id, example: example.text.slice(0, 120), problem: `must not fire: ${own.signature.id}` },
  ];
}

export function differences(expected: Facts, got: Facts): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => got[name as keyof Facts] !== value)
    .map(
      ([name, value]) =>
        `${name} is ${JSON.stringify(got[name as keyof Facts] ?? null)}, expected ${JSON.stringify(value)}`,
    );
}

export function exampleText(text: string, place: Place, flagged: boolean | null): Text {
  return {
    place,
    text,
    flagged,
    evidence: {
      kind: "log",
      source: "example",
      line: 1,
      byteOffset: 0,
      traceId: null,
      spanId: null,
      messageIndex: null,
      callId: null,
      excerpt: "",
      highlight: null,
    },
    scope: scopeOf("example"),
    time: null,
    tool: null,
    callId: null,
    hits: null,
    lines: null,
    level: null,
  };
}
