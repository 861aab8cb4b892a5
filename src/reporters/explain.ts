import { fill } from "../diagnosis/fill.ts";
import type { Classifier } from "../records/classifier.ts";
import { paintOf } from "./text/paint.ts";
import { terminalText } from "../records/terminal-text.ts";
import { wrap } from "./text/wrap.ts";

/** `misfire explain ID`: cause, fix, code and what it looks like in logs. Without facts, so of the cause what holds in general. */
export function explain(classifier: Classifier, view: { width: number; color: boolean }): string {
  const { id, title, severity, stage, cause, impact, fix, examples, references, related, versions, detectors } =
    classifier;
  const paint = paintOf(view.color);
  const room = Math.min(view.width, 110) - 2;
  const prose = (text: string): string[] => wrap(terminalText(fill(text, {})), room).map((one) => `  ${one}`);
  const code = (text: string): string[] =>
    terminalText(text)
      .trimEnd()
      .split("\n")
      .map((one) => `      ${one}`);
  const list = (texts: readonly string[]): string[] =>
    texts.flatMap((text) =>
      wrap(terminalText(text), room - 2).map((one, index) => `  ${index === 0 ? "-" : " "} ${one}`),
    );
  const sections: [string, string[]][] = [
    ["Cause", [...prose(cause), ...(impact === null ? [] : prose(impact))]],
    [
      "Fix",
      [
        ...prose(fix.summary),
        ...fix.steps.flatMap((step, index) =>
          wrap(fill(step, {}), room - 3).map((one, row) => `  ${row === 0 ? `${index + 1}.` : "  "} ${one}`),
        ),
      ],
    ],
    ...Object.entries(fix.code).map(([framework, { before, after }]): [string, string[]] => [
      `Code for ${framework}`,
      ["  before", ...code(before), "  after", ...code(after)],
    ]),
    [
      "What it looks like",
      examples.match.flatMap(({ text }) => (text === null ? [] : [...excerpt(text, room), ""])).slice(0, -1),
    ],
    ["Also told by structure", list(detectors)],
    [
      "Versions",
      list(
        versions.map(
          ({ package: name, range, note, fixedIn }) =>
            `${name} ${range}: ${note}${fixedIn === null ? "" : ` (fixed in ${fixedIn})`}`,
        ),
      ),
    ],
    ["Related", list(related)],
    ["References", list(references)],
  ];
  const head = [paint.bold(title), paint.dim(`${id} · ${severity}${stage === null ? "" : ` · breaks at: ${stage}`}`)];
  const blocks = sections
    .filter(([, lines]) => lines.length > 0)
    .map(([name, lines]) => [paint.bold(name), ...lines].join("\n"));
  return `${[head.join("\n"), ...blocks].join("\n\n")}\n`;
}

const MOST_LINES = 12;

function excerpt(text: string, room: number): string[] {
  const all = terminalText(text).trimEnd().split("\n");
  return [
    ...all.slice(0, MOST_LINES).flatMap((one) => wrap(one, room - 2)),
    ...(all.length > MOST_LINES ? ["…"] : []),
  ].map((one) => `    ${one}`);
}
