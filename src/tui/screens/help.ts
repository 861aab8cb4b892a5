import { KEYS } from "../keys.ts";
import type { Binding } from "../keys.ts";
import { wrap } from "../../reporters/text/wrap.ts";
import { cell } from "../draw/text.ts";
import { listOf, rowsOfLines } from "../rows.ts";
import type { Screen } from "./screen.ts";

/** The key table. */
export const help: Screen = ({ width, paint }) => {
  const groups = Map.groupBy(KEYS as readonly Binding[], ({ group }) => group);
  const lines = [...groups].flatMap(([group, bindings]) => [
    paint.bold(group),
    ...bindings.flatMap(({ keys, says, on, action }) =>
      wrap(`${says}${on ? ` (${on.join(", ")})` : ""}`, width - 50).map((text, n) =>
        n === 0
          ? `  ${paint.cyan(cell(keys.map(keyLabel).join("  "), 26))}${cell(text, width - 48)}  ${paint.dim(cell(`:${action}`, 18))}`
          : `${" ".repeat(28)}${text}`,
      ),
    ),
    "",
  ]);
  return { head: [], rows: listOf(rowsOfLines(lines, "k")) };
};

export function keyLabel(key: string): string {
  return LABELS[key] ?? (key.startsWith("ctrl-") ? `Ctrl-${key.slice(5)}` : key);
}

const LABELS: Record<string, string> = {
  down: "↓",
  up: "↑",
  left: "←",
  right: "→",
  enter: "Enter",
  esc: "Esc",
  tab: "Tab",
  "shift-tab": "Shift-Tab",
  space: "Space",
  pagedown: "PgDn",
  pageup: "PgUp",
  home: "Home",
  end: "End",
  backspace: "Backspace",
};
