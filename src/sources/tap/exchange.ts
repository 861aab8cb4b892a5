import { redact } from "../../records/redact.ts";

/** One exchange with a model, as a line of `requests.jsonl` has it. Without the query, which may hold a key. */
export interface TapExchange {
  /** Seconds since the epoch, when the request came; and how many it took to the end of the answer. */
  time: number;
  seconds: number;
  method: string;
  /** Path at the provider, and the whole address, both without query. */
  path: string;
  url: string;
  /** Parsed where it is JSON, else text. */
  request: unknown;
  /** Null when there was no answer. */
  status: number | null;
  response?: unknown;
  /** The events of a streamed answer. */
  events?: unknown[];
  /** False when the connection was cut or the caller gave up. */
  complete: boolean;
  /** It was the caller that gave up. */
  left?: true;
}

export interface Passed {
  time: number;
  seconds: number;
  method: string;
  url: URL;
  status: number | null;
  contentType: string;
  request: string;
  response: string | null;
  complete: boolean;
  left: boolean;
}

/** Null when the request is no JSON object: it is none to a model. */
export function exchangeOf(passed: Passed): TapExchange | null {
  const request = json(passed.request);
  if (typeof request !== "object" || request === null || Array.isArray(request)) return null;
  const { time, seconds, method, url, status, complete, left, response } = passed;
  const common = {
    time,
    seconds,
    method,
    path: url.pathname,
    url: `${url.origin}${url.pathname}`,
    request,
    status,
    complete,
    ...(left ? { left: true as const } : {}),
  };
  if (response === null) return common;
  const events = STREAMED.test(passed.contentType) ? eventsOf(response) : null;
  return events === null ? { ...common, response: json(response) ?? response } : { ...common, events };
}

/** The same without secrets, to be stored. */
export function redacted(exchange: TapExchange): TapExchange {
  return walk(exchange, 0) as TapExchange;
}

const STREAMED = /event-stream|ndjson|json-?lines|jsonl/;

/** Server-sent events, or a JSON value a line; what is no JSON (`[DONE]`, comments) is left out. */
function eventsOf(body: string): unknown[] {
  const events: unknown[] = [];
  for (const block of body.split(/\r?\n\r?\n/)) {
    const lines = block.split(/\r?\n/);
    const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice(5).trimStart());
    const texts = data.length > 0 ? [data.join("\n")] : lines.filter((line) => line.startsWith("{"));
    for (const text of texts) {
      const event = json(text);
      if (event !== undefined) events.push(event);
    }
  }
  return events;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function walk(value: unknown, depth: number): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > 200) return null;
  if (Array.isArray(value)) return value.map((item) => walk(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, depth + 1)]));
}
