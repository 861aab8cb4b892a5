import { isObject } from "./parse.ts";

const CAUSE = "The above exception was the direct cause of the following exception:";
const CONTEXT = "During handling of the above exception, another exception occurred:";
const MOST = 50;
const DEEPEST = 6;

/**
 * structlog's `dict_tracebacks` as the traceback that Python would have printed. The list has the raised exception first
 * and its causes after it; `is_cause` on one says how it stands to the one before; members of a group lie in `exceptions`.
 */
export function structlogText(stacks: readonly unknown[]): string {
  return chain(stacks, 0, 0).join("\n");
}

/** Lines of a chain whose bars stand at a column; 0: no bars. */
function chain(stacks: readonly unknown[], column: number, depth: number): string[] {
  let lines: string[] = [];
  const list = stacks.filter(isObject).slice(0, MOST);
  const bar = column === 0 ? "" : `${" ".repeat(column)}| `;
  for (let i = list.length - 1; i >= 0; i--) {
    lines = lines.concat(one(list[i]!, column, depth));
    if (i > 0) lines.push(bar, bar + (list[i]!["is_cause"] === true ? CAUSE : CONTEXT), bar);
  }
  return lines;
}

function one(stack: Record<string, unknown>, column: number, depth: number): string[] {
  const members = depth < DEEPEST && Array.isArray(stack["exceptions"]) ? stack["exceptions"].slice(0, MOST) : [];
  const head = [String(stack["exc_type"] ?? "Exception"), text(stack["exc_value"])]
    .filter((part) => part !== "")
    .join(": ");
  const notes = Array.isArray(stack["exc_notes"]) ? stack["exc_notes"].map(text) : [];
  const body = [...frames(stack["frames"]), ...[head, ...notes].flatMap((part) => part.split("\n"))];
  // A group outside of any other indents its bars by 2.
  const own = members.length > 0 && column === 0 ? 2 : column;
  const bar = own === 0 ? "" : `${" ".repeat(own)}| `;
  const title = `${members.length > 0 ? "Exception Group " : ""}Traceback (most recent call last):`;
  let lines = [column === 0 && own === 2 ? `  + ${title}` : bar + title, ...body.map((line) => bar + line)];
  if (members.length === 0) return lines;
  members.forEach((member, index) => {
    lines.push(`${" ".repeat(own)}${index === 0 ? "+-+" : "  +"}---------------- ${index + 1} ----------------`);
    lines = lines.concat(chain(Array.isArray(member) ? member : [member], own + 2, depth + 1));
  });
  return [...lines, `${" ".repeat(own + 2)}+------------------------------------`];
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

const text = (value: unknown): string =>
  typeof value === "string" ? value : value === undefined || value === null ? "" : String(value);
