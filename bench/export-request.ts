/**
 * An ExportTraceServiceRequest of `count` spans, one run of an agent: a model call, its tool calls, and spans of other
 * kinds, as most are. Built once and stamped with ids, so that the sender costs less than the receiver.
 */
export function requestOf(run: number, count: number): Buffer {
  const { bytes, places } = (templates[count] ??= build(count));
  const own = Buffer.from(bytes);
  const id = Buffer.alloc(16);
  id.writeUInt32BE(0xaa, 0);
  id.writeUInt32BE(run, 12);
  for (const at of places) own.set(id, at);
  return own;
}

const templates: Record<number, { bytes: Buffer; places: number[] }> = {};
const MARK = Buffer.from("5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a", "hex");

function build(count: number): { bytes: Buffer; places: number[] } {
  const spans = Array.from({ length: count }, (_, n) => field(2, spanOf(n)));
  const bytes = field(
    1,
    Buffer.concat([
      field(1, attribute("service.name", "app")),
      field(2, Buffer.concat([field(1, field(1, Buffer.from("app"))), ...spans])),
    ]),
  );
  const places: number[] = [];
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 16)) places.push(at);
  return { bytes, places };
}

/** Span: 1 trace_id, 2 span_id, 5 name, 6 kind, 7 start, 8 end, 9 attributes. */
function spanOf(n: number): Buffer {
  const id = Buffer.alloc(8);
  id.writeUInt32BE(n + 1, 4);
  const [name, attributes] = n % 32 === 0 ? CHAT : n % 32 === 1 ? TOOL : OTHER;
  return Buffer.concat([
    field(1, MARK),
    field(2, id),
    field(5, Buffer.from(name)),
    Buffer.from([0x30, 3]),
    fixed(7, n),
    fixed(8, n + 1),
    ...attributes,
  ]);
}

const CHAT = [
  "chat gpt-4o",
  [
    pair("gen_ai.operation.name", "chat"),
    pair("gen_ai.request.model", "gpt-4o"),
    pair(
      "gen_ai.output.messages",
      '[{"role":"assistant","parts":[{"type":"tool_call","id":null,"name":"get_claim","arguments":{"claim_id":"C-1"}}],"finish_reason":"tool_calls"}]',
    ),
  ],
] as const;
const TOOL = [
  "execute_tool get_claim",
  [
    pair("gen_ai.operation.name", "execute_tool"),
    pair("gen_ai.tool.name", "get_claim"),
    pair("gen_ai.tool.call.result", "open"),
  ],
] as const;
const OTHER = [
  "GET /claims",
  [
    pair("http.request.method", "GET"),
    pair("url.path", "/claims/1"),
    pair("server.address", "claims.example.com"),
    pair("http.response.status_code", "200"),
  ],
] as const;

function pair(key: string, value: string): Buffer {
  return field(9, keyValue(key, value));
}

function attribute(key: string, value: string): Buffer {
  return field(1, keyValue(key, value));
}

function keyValue(key: string, value: string): Buffer {
  return Buffer.concat([field(1, Buffer.from(key)), field(2, field(1, Buffer.from(value)))]);
}

function fixed(number: number, seconds: number): Buffer {
  const bytes = Buffer.alloc(9);
  bytes[0] = (number << 3) | 1;
  bytes.writeBigUInt64LE(1_790_000_000_000_000_000n + BigInt(seconds) * 1_000_000n, 1);
  return bytes;
}

function field(number: number, bytes: Buffer): Buffer {
  const length: number[] = [];
  let left = bytes.length;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) length.push((left % 0x80) | 0x80);
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...length, left]), bytes]);
}
