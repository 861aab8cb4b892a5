/**
 * An estimate of how often four bytes (little-endian, letters in lower case) stand in ordinary log text: from the pairs
 * of bytes of a page of it. Only the order of the numbers means something.
 */
export function commonness(gram: number): number {
  const { pairs, single } = (model ??= count());
  const [a, b, c, d] = [gram & 255, (gram >>> 8) & 255, (gram >>> 16) & 255, (gram >>> 24) & 255];
  return (pairs[(a << 8) | b]! * pairs[(b << 8) | c]! * pairs[(c << 8) | d]!) / (single[b]! * single[c]!);
}

/** How common the rarest run of `length` neighbouring grams of a literal is; Infinity when it is too short to have one. */
export function commonnessOf(literal: string, length = 4): number {
  const bytes = Uint8Array.from(literal, (char) => char.charCodeAt(0) | 0x20);
  let least = Infinity;
  for (let first = 0; first + length + 3 <= bytes.length; first++) {
    let sum = 0;
    for (let at = first; at < first + length; at++)
      sum += commonness(bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    least = Math.min(least, sum);
  }
  return least;
}

/** True for a literal (lower case) that stands in the page of ordinary log text: it tells nothing about a failure. */
export function isOrdinary(literal: string): boolean {
  return ORDINARY.includes(literal);
}

let model: { pairs: Float64Array; single: Float64Array } | null = null;

function count(): { pairs: Float64Array; single: Float64Array } {
  const pairs = new Float64Array(65536).fill(0.02);
  const single = new Float64Array(256).fill(0.02);
  const codes = Array.from(ORDINARY + OF_AGENTS, (char) => (char.charCodeAt(0) | 0x20) & 255);
  codes.forEach((code, i) => {
    single[code]! += 1;
    const next = codes[i + 1];
    if (next !== undefined) pairs[(code << 8) | next]! += 1;
  });
  return { pairs, single };
}

const ORDINARY = `{"level":30,"time":1790000000000,"pid":4003,"hostname":"orders-7f9c6d5b44-x2lqp","reqid":"9f3c2a71b04e","service":"orders","msg":"request completed for customer 4711 in region eu-west-1","responsetime":120,"statuscode":200,"method":"get","url":"/api/v1/orders/42?page=3"}
2026-02-10 18:01:04,552 - app.services.orders - info - loaded 120 rows from table orders in 14 ms using the index of customers and their addresses; session renewed, user has items in the basket
10.0.12.7 - - [12/feb/2026:06:31:10 +0000] "get /api/orders/4711?page=2 http/1.1" 200 5123 "-" "mozilla/5.0 (x11; linux x86_64) applewebkit/537.36 (khtml, like gecko) chrome/120.0.0.0 safari/537.36"
info: started server process [4711] waiting for application startup. application startup complete. connection from client accepted, handshake done, sending message of type request to all subscribers, scheduled job queued behind others; nothing to do, sleeping for the configured interval of the poller
{"level":30,"time":1790000000120,"pid":4003,"level":50,"time":1790000000450,"status":"success","response":{"statuscode":200},"timeout":30000,"duration":12,"error":null,"message":"the request was sent with the user id and the response came back in time after the operation"}
http request: post https://api.example.com/v1/messages "http/1.1 200 ok"; is not in the set, must be a name: of, must have no value, error: unknown, failed, successful, module, class, target, queue, gateway, access
loading default content, calling the next object, execute command, running, finished turn 3, finish reason: none, invalid, allowed, exceeds the minimum, maximum, all messages: content: text, [post ] post "/x", line 14, column 3, chunk 4, prompt x, function: x, parameters, connected to database, retrying connection, connection error, bad request: 400 too many, unable to, cannot , could not , does not , input 4, output 4, type: x, missing , tools: 3, schema, model: x, response: x, result: x, tokens: 120, server, version, warning: deprecated, permission, token, auth.login, reading file, no such, exist, asyncio, openai, anthropic, client, stream , closed , session not `;

const OF_AGENTS = `{"role":"assistant","content":"the claim is open and will be paid in the next days. is there anything else that i can do for you?","tool_calls":[{"id":"call_q8zt1","type":"function","function":{"name":"get_claim","arguments":"{\\"claim_id\\": \\"c-1042\\"}"}}],"model":"gpt-4o","messages":[{"role":"user","content":"where is my order and when was it shipped to the address on file?"}]}
http request: post https://api.example.com/v1/chat/completions "http/1.1 200 ok" calling tool with arguments, the model returned a response, the user asked the agent for the status of the function call; message of type; not found in cache, timed out after, failed after, failed to `;
