import type { Incident } from "../../index.ts";
import { terminalText } from "../../records/terminal-text.ts";
import { placeOf } from "../../reporters/text/place.ts";
import { titleOf } from "../../reporters/text/headline.ts";

/** An incident to paste into an issue or a chat. */
export function incidentMarkdown(incident: Incident): string {
  const { classifier, cause, count, first, last, modifiers, call, evidence } = incident;
  const facts = [`\`${classifier}\``, `${count}×`, first === null ? null : `${first} to ${last}`, ...modifiers].filter(
    (one) => one !== null,
  );
  return [
    `### ${titleOf(incident)}`,
    "",
    facts.join(" · "),
    "",
    terminalText(cause),
    "",
    ...(call?.argumentsRaw == null ? [] : ["Sent:", "", fenced(call.argumentsRaw, "json"), ""]),
    "**Fix.** " + fixText(incident),
    "",
    "**Seen**",
    "",
    ...evidence
      .slice(0, 5)
      .flatMap((one) => [`- \`${placeOf(one, { width: 200 })}\``, "", fenced(one.excerpt.slice(0, 2000), ""), ""]),
  ].join("\n");
}

export function fixText({ fix }: Incident): string {
  const [code] = Object.entries(fix.code);
  return [
    terminalText(fix.summary),
    ...fix.steps.map((step, n) => `${n + 1}. ${terminalText(step)}`),
    ...(code === undefined
      ? []
      : ["", `Before (${code[0]}):`, "", fenced(code[1].before, ""), "", "After:", "", fenced(code[1].after, "")]),
  ].join("\n");
}

/** The fence is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${terminalText(text).trimEnd()}\n${fence}`;
}
