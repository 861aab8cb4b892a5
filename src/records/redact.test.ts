import { describe, expect, it } from "vitest";
import { redact, redactRange } from "./redact.ts";

/** The secret, and the text with it. What is left must hold nothing of the secret. */
const SECRETS: [secret: string, text: string][] = [
  ["proj-Abc123Def456Ghi789", "openai.AuthenticationError: Incorrect API key provided: sk-proj-Abc123Def456Ghi789."],
  ["abc***wxyz", "Incorrect API key provided: sk-abc***wxyz. You can find your API key at https://platform.openai.com"],
  ["api03-x1y2z3-AA", "x-api-key: sk-ant-api03-x1y2z3-AA"],
  ["1234567890abcdef", "key sk-1234567890abcdef was refused"],
  ["live_51Habcdef0123456789", "stripe sk_live_51Habcdef0123456789"],
  ["abcDEF123456.ghi", "headers={'Authorization': 'Bearer abcDEF123456.ghi'}"],
  ["opaque-token-value", "Authorization: Bearer opaque-token-value"],
  ["dXNlcjpwYXNzd29yZA==", "authorization: Basic dXNlcjpwYXNzd29yZA=="],
  ["a1b2c3d4e5f6", "curl -H 'bearer a1b2c3d4e5f6'"],
  ["AKIAIOSFODNN7EXAMPLE", "using AKIAIOSFODNN7EXAMPLE now"],
  ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
  [
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4",
    "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2QT4 ok",
  ],
  ["hunter2", "postgres://app:hunter2@db:5432/claims"],
  ["p@ss:w0rd", "https://bob:p@ss:w0rd@example.com/x"],
  ["ghp_16C7e42F292c6912E7710c838347Ae178B4a", "remote: ghp_16C7e42F292c6912E7710c838347Ae178B4a denied"],
  ["xoxb-123456789012-abcdefABCDEF", "slack xoxb-123456789012-abcdefABCDEF"],
  ["T00000000/B00000000/XXXXXXXXXXXX", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXX"],
  [
    "AIzaSyA1234567890abcdefghijklmnopqrstuv",
    "https://x.googleapis.com/v1?key=AIzaSyA1234567890abcdefghijklmnopqrstuv&a=1",
  ],
  ["hf_AbCdEfGhIjKlMnOpQrStUv1234", "HF hf_AbCdEfGhIjKlMnOpQrStUv1234"],
  ["hunter2", "login(user='bob', password='hunter2')"],
  ["my secret pass", '{"user": "bob", "password": "my secret pass"}'],
  ['pa\\"ss1', '{"password": "pa\\"ss1", "n": 1}'],
  ["hunter2", String.raw`{"arguments": "{\"password\": \"hunter2\"}"}`],
  ["hunter2", "DB_PASSWORD=hunter2 npm start"],
  ["abc123def456", "AZURE_OPENAI_API_KEY=abc123def456"],
  ["0123456789abcdef0123456789abcdef", "api-key: 0123456789abcdef0123456789abcdef"],
  ["Zm9vYmFyMTIzNDU2", "AccountName=x;AccountKey=Zm9vYmFyMTIzNDU2;EndpointSuffix=core"],
  ["s3ss10n", "Cookie: session=s3ss10n; theme=dark"],
  ["zyx987wvu654", '"refresh_token":"zyx987wvu654"'],
  ["tok3n12345", "GET /x?token=tok3n12345&page=2"],
  ["MIIEvQIBADANBg", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0\n-----END PRIVATE KEY-----\nafter"],
  ["MIIEowIBAAKCAQ", '"key": "-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQ'],
];

const HEALTHY = [
  "FunctionCall(id='call_abc123', arguments='{\"claim_id\": \"C-1042\"}', name='get_claim')",
  "call_q8Zt1 toolu_01A09q90qw90lq917835lq9 chatcmpl-9x8y7z6w5v req_011CSxYz fc_68a1 run_abc123def456 thread_Xy12",
  "3fa85f64-5717-4562-b3fc-2c963f66afa6 in trace 4bf92f3577b34da6a3ce929d0e0e4736",
  "commit e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "prompt_tokens: 40, completion_tokens: 12, max_tokens=4096, total_tokens 52",
  "api_key\n  Field required [type=missing, input_value={}, input_type=dict]",
  "The api_key client option must be set either by passing api_key to the client or by setting OPENAI_API_KEY",
  'client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])',
  "const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY })",
  "login(user: str, password: str) -> None; api_key=None, token: Optional[str]",
  "WWW-Authenticate: Bearer authentication required; Basic authentication is off",
  "SyntaxError: Unexpected token } in JSON at position 12",
  '{"password": "", "api_key": {"type": "string"}}',
  "sk-learn sk-estimator-id-1 locale sk-SK risk-based task-1234567890",
  "http://localhost:8080/v1/chat mail bob@example.com, https://user@example.com",
  "INFO:root:cache_key=abc123def primary_key: 12345678 idempotency-key: 0f9a8b7c6d5e",
  "cancellation_token=<autogen_core._cancellation_token.CancellationToken object at 0x7f12>",
];

describe("redact", () => {
  it.each(SECRETS)("hides %s", (secret, text) => {
    const shown = redact(text);
    expect(shown).not.toContain(secret);
    expect(shown).toContain("[redacted]");
    expect(shown.length).toBeLessThanOrEqual(text.length + 10);
    expect(redact(shown)).toBe(shown);
  });

  it.each(HEALTHY)("leaves %s", (text) => {
    expect(redact(text)).toBe(text);
  });

  it("keeps what stands around a secret", () => {
    expect(redact("a postgres://app:hunter2@db:5432/claims b")).toBe("a postgres://[redacted]@db:5432/claims b");
    expect(redact('{"user": "bob", "password": "my secret pass", "n": 1}')).toBe(
      '{"user": "bob", "password": "[redacted]", "n": 1}',
    );
    expect(redact("x\n-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\nafter")).toBe(
      "x\n[redacted]\nafter",
    );
  });

  it("moves a highlighted range along", () => {
    const text = "password=hunter2hunter2hunter2 then TypeError: x";
    const { text: shown, range } = redactRange(text, [text.indexOf("TypeError"), text.length]);
    expect(shown.slice(...range!)).toBe("TypeError: x");
    const inside = redactRange(text, [10, 14]);
    expect(inside.text.slice(...inside.range!)).toBe("[redacted]");
  });

  it("takes linear time on hostile text", () => {
    const hostile = [
      "eyJ",
      "sk-",
      'password="',
      "password='\\",
      "-----BEGIN PRIVATE KEY-----",
      "bearer ",
      "a://a:",
      "cookie:",
      "token=",
      'api_key: \\"',
      "x?key=",
      "SG.",
    ];
    for (const piece of [...hostile, hostile.join("")]) {
      const start = performance.now();
      redact(piece.repeat(Math.ceil(1_000_000 / piece.length)));
      expect(performance.now() - start, piece).toBeLessThan(2000);
    }
    expect(() => redact(`password="${'a\\"'.repeat(3_000_000)}`)).not.toThrow();
  });
});
