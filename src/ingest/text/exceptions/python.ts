import { startsRecord } from "../envelopes/header.ts";
import { type Growing, hang } from "./exception.ts";
import { cut, type Line } from "./lines.ts";
import { PythonChain } from "./python-chain.ts";
import { unboxRich } from "./rich.ts";

/**
 * Python's tracebacks: chains, and exception groups with their `|` trees. Each column of bars is a chain of its own; the
 * group that a column hangs below is the last exception of the column two to the left, or of the text itself.
 */
export function readPython(source: readonly Line[]): Growing[] {
  const roots: Growing[] = [];
  const top = new PythonChain((raised) => roots.push(raised));
  /** Open columns of bars, outer first. A group's own bars feed the chain around it. */
  let columns: { at: number; chain: PythonChain; owner: Growing | null }[] = [];
  const closeFrom = (at: number) => {
    if (columns.length === 0) return;
    for (const column of columns.filter((each) => each.at >= at && each.owner !== null).reverse()) column.chain.end();
    columns = columns.filter((each) => each.at < at);
  };
  const lines = unboxRich(source);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i]!;
    const child = CHILD.exec(line.text);
    if (child !== null) {
      const at = child[1]!.length + (child[2] === undefined ? 0 : 2);
      const around = columns.findLast((each) => each.at < at)?.chain ?? top;
      const owner = columns.find((each) => each.at === at)?.owner ?? around.last;
      closeFrom(at);
      around.settle();
      if (owner !== null) columns.push({ at, chain: memberChain(owner), owner });
      continue;
    }
    if (CLOSE.test(line.text)) {
      closeFrom(line.text.indexOf("+"));
      continue;
    }
    const head = GROUP_HEAD.exec(line.text);
    if (head !== null) {
      const at = head[1]!.length;
      const around = columns.findLast((each) => each.at < at)?.chain ?? top;
      closeFrom(at);
      columns.push({ at, chain: around, owner: null });
      around.feed(cut(line, at + 2));
      continue;
    }
    const bar = BAR.exec(line.text);
    const column = bar === null ? undefined : columns.find((each) => each.at === bar[1]!.length);
    if (column !== undefined) {
      column.chain.feed(cut(line, column.at + 2));
    } else if (bar !== null && columns.length === 0 && startsGroup(lines, i)) {
      columns.push({ at: bar[1]!.length, chain: top, owner: null });
      top.bare(cut(line, bar[1]!.length + 2));
    } else if (bar === null && columns.length > 0 && line.text !== "" && goesOn(lines, i)) {
      // Python prints the further lines of a message without bars.
      columns.at(-1)!.chain.feed(line);
    } else if (bar === null || columns.length === 0) {
      if (line.text.trim() !== "") closeFrom(0);
      top.feed(line);
    }
  }
  closeFrom(0);
  top.end();
  return roots;
}

const CHILD = /^( {0,200})(\+-)?\+-{4,} (?:\d+|\.\.\.) -{4,}\s*$/;
const CLOSE = /^ {0,200}\+-{10,}\s*$/;
const GROUP_HEAD = /^( {0,200})\+ (?:Exception Group )?Traceback \(most recent call last\):\s*$/;
const BAR = /^( {2,200})\|(?: |$)/;

/** A group without a traceback of its own begins with its bars; the first member must follow. */
function startsGroup(lines: readonly Line[], from: number): boolean {
  if (!/^ +\| [A-Za-z_][\w.]*(?:: |$)/.test(lines[from]!.text)) return false;
  for (let i = from + 1; i < lines.length && i < from + 40; i++) {
    if (CHILD.test(lines[i]!.text)) return true;
    if (!BAR.test(lines[i]!.text)) return false;
  }
  return false;
}

/** Bars come again before another record does. */
function goesOn(lines: readonly Line[], from: number): boolean {
  for (let i = from + 1; i < lines.length && i < from + 40; i++) {
    const { text } = lines[i]!;
    if (CHILD.test(text) || CLOSE.test(text) || BAR.test(text)) return true;
    if (text.startsWith("Traceback (") || GROUP_HEAD.test(text) || startsRecord(text)) return false;
  }
  return false;
}

function memberChain(owner: Growing): PythonChain {
  const chain = new PythonChain((raised) => hang(owner, raised, "group-member"));
  chain.expectsBare = true;
  return chain;
}
