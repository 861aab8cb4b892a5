import { describe, expect, it } from "vitest";
import { peelPrefix } from "./prefix.ts";

const T = BigInt(Date.parse("2026-11-24T12:32:10.667Z")) * 1_000_000n;

/** Line, envelope, stream, text, time. */
const LINES: [string, string, string, string, bigint | null][] = [
  ["2026-11-24T12:32:10.667Z stdout F INFO:a:b", "cri", "stdout", "INFO:a:b", T],
  ["[pod/api-7d/app] KeyError: 'x'", "kubectl", "api-7d/app", "KeyError: 'x'", null],
  ["[pod/api-7d/app] 2026-11-24T12:32:10.667Z   File", "kubectl", "api-7d/app", "  File", T],
  ["api-1     | Traceback (most recent call last):", "compose", "api-1", "Traceback (most recent call last):", null],
  ['api-1  |   File "a.py", line 1', "compose", "api-1", '  File "a.py", line 1', null],
  ["api-1  | 2026-11-24T12:32:10.667Z x", "compose", "api-1", "x", T],
  ["api-1  |", "compose", "api-1", "", null],
  ["[api]     | Traceback (most recent call last):", "compose", "api", "Traceback (most recent call last):", null],
  ["Nov 24 12:32:11 vm agent[4711]: failed", "journald", "vm agent[4711]", "failed", null],
  ["2026-11-24T12:32:10.667+00:00 vm agent[4711]: failed", "journald", "vm agent[4711]", "failed", T],
  ["<11>Nov 24 12:32:11 vm agent[4711]: failed", "syslog", "vm agent[4711]", "failed", null],
  [
    '<11>1 2026-11-24T12:32:10.667Z vm agent 4711 ID47 [x@1 a="b \\] c"] failed',
    "syslog",
    "vm agent[4711]",
    "failed",
    T,
  ],
  ["2026-11-24T12:32:10.6670000Z ##[error]x", "github-actions", "", "##[error]x", T],
  ["test\tRun tests\t2026-11-24T12:32:10.6670000Z E   KeyError", "github-actions", "test/Run tests", "E   KeyError", T],
  ["2026-11-24T12:32:10.667000000Z x", "timestamps", "", "x", T],
  ["2026-11-24T12:32:10.667Z 00O x", "gitlab-ci", "00O", "x", T],
  [
    "2026-11-24T12:32:10.667+00:00 2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef x",
    "cloudwatch",
    "2026/11/24/[$LATEST]0123456789abcdef0123456789abcdef",
    "x",
    T,
  ],
  ["2026-11-24T12:32:10.667+00:00 app[web.1]: x", "heroku", "app[web.1]", "x", T],
  ['2026-11-24T12:32:10.667Z {app="agent"} x', "loki", '{app="agent"}', "x", T],
  ["web:dev: x", "turbo", "web:dev", "x", null],
  ["@acme/api:dev:   File", "turbo", "@acme/api:dev", "  File", null],
  ["[1]   File", "concurrently", "1", "  File", null],
  ["[dev:api] x", "concurrently", "dev:api", "x", null],
  ["2026-11-24T12:32:10.667Z   File", "timestamps", "", "  File", T],
  ["2026-11-24T12:32:10.667Z\tx", "timestamps", "", "x", T],
  ["2026-11-24 12:32:10.667 +00:00   File", "timestamps", "", "  File", T],
  ["[2026-11-24T12:32:10.667Z]   File", "jenkins", "", "  File", T],
  ["12:32:10   File", "clock", "", "  File", null],
  ["[12:32:10]W:\t [Step 1/2] x", "teamcity", "", "x", null],
  ["app.1.k2@node-1    | x", "compose", "app.1.k2@node-1", "x", null],
  ['{"@timestamp":"2026-11-24T12:32:10.667Z","@message":"x"}', "cloudwatch", "", "x", T],
  ['{"textPayload":"  File","timestamp":"2026-11-24T12:32:10.667Z"}', "gcp", "", "  File", T],
  ['{"line":"x","labels":{"app":"a"},"timestamp":"2026-11-24T12:32:10.667Z"}', "loki", "", "x", T],
  [
    '{"_index":"a","_id":"1","_source":{"@timestamp":"2026-11-24T12:32:10.667Z","message":"x"}}',
    "elasticsearch",
    "",
    "x",
    T,
  ],
  ['{"preview":false,"result":{"_raw":"x","_time":"2026-11-24T12:32:10.667Z"}}', "splunk", "", "x", T],
  [
    '{"id":"A","type":"log","attributes":{"message":"x","timestamp":"2026-11-24T12:32:10.667Z"}}',
    "datadog",
    "",
    "x",
    T,
  ],
  ['{"log":"x","kubernetes":{"pod_name":"p"}}', "fluent-bit", "", "x", null],
  ["0|agent  | x", "pm2", "0|agent", "x", null],
  [
    '{"log":"  File \\"a.py\\"\\n","stream":"stderr","time":"2026-11-24T12:32:10.667Z"}',
    "docker-json",
    "stderr",
    '  File "a.py"',
    T,
  ],
  ['{"__REALTIME_TIMESTAMP":"1795523530667000","MESSAGE":"x","_PID":"7","_HOSTNAME":"vm"}', "journald", "vm 7", "x", T],
  ['{"message":"x","nodeName":"n","namespace":"ns","podName":"p","containerName":"c"}', "stern", "ns p c", "x", null],
];

describe("peelPrefix", () => {
  it.each(LINES)("%s", (line, envelope, stream, text, time) => {
    expect(peelPrefix(line)).toMatchObject({ envelope, stream, text, time, partial: false });
  });

  it("says where others write the same form", () => {
    expect(peelPrefix("api-1  | x")?.needs).toBe("alike");
    expect(peelPrefix("[pod/a/b] x")?.needs).toBe("nothing");
    expect(peelPrefix("2026-11-24T12:32:10.667Z x")?.needs).toBe("around");
    expect(peelPrefix("2026-11-24 12:14:55.419 | ERROR    | __main__:f:20 - x")?.needs).toBe("around");
  });

  it.each(["ERROR     | boom", "INFO | started", "[WARNING] | slow"])("is no level: %s", (line) => {
    expect(peelPrefix(line)).toBeNull();
  });

  it("tells parts of long lines", () => {
    expect(peelPrefix('2026-11-24T12:32:10.667Z stderr P {"a')).toMatchObject({ text: '{"a', partial: true });
    const log = (text: string) => JSON.stringify({ log: text, stream: "stdout", time: "2026-11-24T12:32:10.667Z" });
    expect(peelPrefix(log("x".repeat(16_384)))?.partial).toBe(true);
    expect(peelPrefix(log("x".repeat(16_384) + "\n"))?.partial).toBe(false);
    expect(peelPrefix(log("short"))?.partial).toBe(false);
  });

  it("tells parts that docker's fluentd driver marked", () => {
    const log = (last: string) =>
      peelPrefix(
        JSON.stringify({
          log: "x",
          container_id: "c",
          stream: "stdout",
          source: "stdout",
          partial_message: "true",
          partial_last: last,
        }),
      );
    expect(log("false")?.partial).toBe(true);
    expect(log("true")?.partial).toBe(false);
  });

  it("reads the priority", () => {
    expect(peelPrefix("<11>Nov 24 12:32:11 vm agent: x")?.level).toBe("error");
  });

  it.each([
    "  | Traceback (most recent call last):",
    "    | ValueError: x",
    "  12 | const a = 1;",
    "2026-11-24 12:32:10,667 - a - INFO - x",
    '{"level":30,"time":1795523530667,"pid":1,"msg":"x"}',
    '{"log":"a\\nb\\n","stream":"stdout","time":"2026-11-24T12:32:10.667Z"}',
    "│ /app/run.py:3 in main │",
    "May I help you?",
    "",
  ])("leaves alone: %s", (line) => {
    expect(peelPrefix(line)).toBeNull();
  });
});
