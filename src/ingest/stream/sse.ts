import { parseJsonText } from "../json/parse.ts";

/** The JSON events of a streamed body: server-sent events (`data: {...}`, ended by `[DONE]`) or a JSON object a line (Ollama). Null when it is neither. */
export function eventsOf(body: string): unknown[] | null {
  const events: unknown[] = [];
  let data: string[] = [];
  let isSse = false;
  for (const line of body.split(/\r?\n/)) {
    if (line.startsWith("data:")) {
      isSse = true;
      data.push(line.slice(5).trimStart());
    } else if (line === "") data = take(data, events);
    else if (!isSse && line.startsWith("{"))
      events.push(...[parseJsonText(line)].filter((event) => event !== undefined));
  }
  take(data, events);
  return isSse || events.length > 1 ? events : null;
}

function take(data: string[], events: unknown[]): string[] {
  if (data.length === 0) return data;
  const whole = parseJsonText(data.join("\n"));
  if (whole !== undefined) events.push(whole);
  else for (const line of data) events.push(...[parseJsonText(line)].filter((event) => event !== undefined));
  return [];
}
