import { isObject } from "./parse.ts";

const CAUSE = "The above exception was the direct cause of the following exception:";
const CONTEXT = "During handling of the above exception, another exception occurred:";
const MOST = 50;
const DEEPEST = 6;

/**
 * structlog's `dict_tracebacks` as the traceback that Python would have printed. The list has the raised exception first
 * and its causes after it; `is_cause` on one says how it stands to the one before; members of a group lie in `exceptions`.
 */
export function structlogText(stacks: readonly unknown[], depth = 0): string {
  const parts: string[] = [];
  const list = stacks.filter(isObject).slice(0, MOST);
  for (let i = list.length - 1; i >= 0; i--) {
    parts.push(one(list[i]!, depth));
    if (i > 0) parts.push("", list[i]!["is_cause"] === true ? CAUSE : CONTEXT, "");
  }
  return parts.join("\n");
}

function one(stack: Record<string, unknown>, depth: number): string {
  const members = depth < DEEPEST && Array.isArray(stack["exceptions"]) ? stack["exceptions"].slice(0, MOST) : [];
  const head = [String(stack["exc_type"] ?? "Exception"), text(stack["exc_value"])].filter((part) => part !== "").join(": ");
  const notes = Array.isArray(stack["exc_notes"]) ? stack["exc_notes"].map(text) : [];
  const body = [...frames(stack["frames"]), head, ...notes];
  if (members.length === 0) return ["Traceback (most recent call last):", ...body].join("\n");
  const lines = ["  + Exception Group Traceback (most recent call last):", ...body.map((line) => `  | ${line}`)];
  members.forEach((member, index) => {
    lines.push(`${index === 0 ? "  +-+" : "    +"}---------------- ${index + 1} ----------------`);
    const inner = structlogText(Array.isArray(member) ? member : [member], depth + 1);
    lines.push(...inner.split("\n").map((line) => `    | ${line.replace(/^ {2}\+ /, "")}`));
  });
  return [...lines, "    +------------------------------------"].join("\n");
}

function frames(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter(isObject)
    .slice(-MOST)
    .flatMap((frame) => {
      const source = text(frame["line"]).trim();
      const head = `  File "${text(frame["filename"])}", line ${Number(frame["lineno"])}, in ${text(frame["name"])}`;
      return source === "" ? [head] : [head, `    ${source}`];
    });
}

const text = (value: unknown): string => (typeof value === "string" ? value : value === undefined || value === null ? "" : String(value));
