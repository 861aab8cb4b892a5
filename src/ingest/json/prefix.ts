/**
 * Reads the first JSON values of a text that may be cut anywhere: what is open at the end is closed, so that the
 * shape of a huge document shows from its first bytes. Strict JSON otherwise; at most `most` values.
 */
export function parsePrefix(text: string, most: number): Prefix {
  const state: State = { text, at: 0, cut: false, failed: false, nodes: 0 };
  const values: unknown[] = [];
  skip(state);
  while (values.length < most && state.at < text.length) {
    const c = text[state.at];
    if (c !== "{" && c !== "[") break;
    const value = read(state, 0);
    if (state.failed) break;
    values.push(value);
    if (state.cut) break;
    skip(state);
  }
  return { values, cut: state.cut, failed: state.failed, rest: state.failed ? "" : text.slice(state.at) };
}

export interface Prefix {
  values: unknown[];
  /** The text ended inside the last value. */
  cut: boolean;
  /** The last value is not JSON; it is not among the values. */
  failed: boolean;
  /** What follows the values. */
  rest: string;
}

interface State {
  text: string;
  at: number;
  cut: boolean;
  failed: boolean;
  nodes: number;
}

const MAX_DEPTH = 64;
const MAX_NODES = 20_000;
const STRING = /"(?:[^"\\]|\\.)*"/sy;
const SCALAR = /-?\d[\d.eE+-]*|true|false|null/y;

function read(state: State, depth: number): unknown {
  state.nodes++;
  if (depth > MAX_DEPTH || state.nodes > MAX_NODES) {
    state.cut = true;
    return null;
  }
  const c = state.text[state.at];
  if (c === undefined) {
    state.cut = true;
    return null;
  }
  if (c === "{") return readObject(state, depth);
  if (c === "[") return readArray(state, depth);
  if (c === '"') return readString(state);
  SCALAR.lastIndex = state.at;
  const scalar = SCALAR.exec(state.text)?.[0];
  if (scalar === undefined) {
    if (state.text.length - state.at < 5) state.cut = true;
    else state.failed = true;
    return null;
  }
  state.at += scalar.length;
  return scalar === "true" ? true : scalar === "false" ? false : scalar === "null" ? null : Number(scalar);
}

function readObject(state: State, depth: number): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  state.at++;
  for (let first = true; ; first = false) {
    if (closes(state, "}", first)) return object;
    if (state.text[state.at] !== '"') {
      fail(state);
      return object;
    }
    const key = readString(state);
    skip(state);
    if (state.cut || state.failed) return object;
    if (state.text[state.at] !== ":") {
      fail(state);
      return object;
    }
    state.at++;
    skip(state);
    object[key] = read(state, depth + 1);
    if (state.cut || state.failed) return object;
  }
}

function readArray(state: State, depth: number): unknown[] {
  const array: unknown[] = [];
  state.at++;
  for (let first = true; ; first = false) {
    if (closes(state, "]", first)) return array;
    array.push(read(state, depth + 1));
    if (state.cut || state.failed) return array;
  }
}

/** True when the container ends here; otherwise the reader stands at its next item. */
function closes(state: State, end: "}" | "]", first: boolean): boolean {
  skip(state);
  const c = state.text[state.at];
  if (c === end) {
    state.at++;
    return true;
  }
  if (c === undefined) {
    state.cut = true;
    return true;
  }
  if (!first) {
    if (c !== ",") {
      state.failed = true;
      return true;
    }
    state.at++;
    skip(state);
    if (state.at >= state.text.length) {
      state.cut = true;
      return true;
    }
  }
  return false;
}

function readString(state: State): string {
  STRING.lastIndex = state.at;
  const raw = STRING.exec(state.text)?.[0];
  if (raw === undefined) {
    const tail = state.text.slice(state.at + 1);
    state.cut = true;
    state.at = state.text.length;
    return tail;
  }
  state.at += raw.length;
  try {
    return JSON.parse(raw) as string;
  } catch {
    state.failed = true;
    return "";
  }
}

function fail(state: State): void {
  if (state.at >= state.text.length) state.cut = true;
  else state.failed = true;
}

function skip(state: State): void {
  while (state.at < state.text.length) {
    const c = state.text.charCodeAt(state.at);
    if (c !== 32 && c !== 10 && c !== 13 && c !== 9) return;
    state.at++;
  }
}
