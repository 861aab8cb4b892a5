/**
 * Prints how misfire does on labelled data that is not part of the project: npm run score:data -- DIR
 * (DIR has provider-errors/provider_errors.jsonl and agent-trace-triage/{labels.csv,sample_traces.tar.gz}). Provider errors carry no
 * label of ours: LABELS gives it by what the provider says, read by hand; rows that are no refusal of a model are left out.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diagnoseFiles } from "../test/score.ts";
import { scoreTexts, type LabelledText } from "../test/score-texts.ts";

const LABELS: [says: RegExp, classes: string[]][] = [
  [
    /video content block|s3Uri field|audio|Content blocks are expected|Invalid file data|unsupported_file|Malformed input request|Field required|Cannot fetch content|Item 'rs_|messages\[0\]\.role|invalid_image|Missing required parameter: 'messages|valid role/,
    ["conversation/invalid-message"],
  ],
  [/No tool output found/, ["conversation/missing-tool-response"]],
  [
    /counting tokens|decimal below|Web search options|effort level|temperature value|Unsupported parameter: 'stop'|Unknown parameter: 'quality'|tools\.0: Input tag/,
    ["model/option-unsupported"],
  ],
  [/did not call a tool/, ["model/no-call"]],
  [
    /did not match schema/,
    ["arguments/missing-argument", "arguments/unexpected-argument", "arguments/validation-failed"],
  ],
  [/rate-limited upstream|RESOURCE_EXHAUSTED/, ["provider/rate-limited"]],
  [
    /model: claude|model_not_found|identifier is invalid|is not found for API|Publisher Model|DeploymentNotFound|was removed on|not found, make sure|Supported models are|nonexistent-model|not supported on this API|"404".{0,30}Resource not found/,
    ["provider/model-unavailable"],
  ],
  [/subscription key|Incorrect API key|No cookie auth|API keys are not supported|API key not valid/, ["provider/auth"]],
];

interface Row {
  status: number;
  host: string;
  body: { error?: { message?: string; status?: string } | string; message?: string };
}

/** A provider's answer as it is, and as the client libraries print it. */
function forms({ status, host, body }: Row): Record<string, string> {
  const { error } = body;
  const message = (typeof error === "object" ? error.message : error) ?? body.message ?? "";
  const all: Record<string, string> = { raw: JSON.stringify(body) };
  if (host.includes("bedrock"))
    all["botocore"] =
      `botocore.errorfactory.ValidationException: An error occurred (ValidationException) when calling the Converse operation: ${message}`;
  else if (host.includes("anthropic")) all["node"] = `Error: ${status} ${JSON.stringify(body)}`;
  else if (!host.includes("google")) {
    all["python"] = `openai.BadRequestError: Error code: ${status} - ${message}`;
    all["node"] = `BadRequestError: ${status} ${message}`;
  }
  return all;
}

/** The labels of agent-trace-triage (not verified by its makers), in ours. */
const TRIAGE: Record<string, RegExp> = {
  A1_MALFORMED_CALL: /^arguments\/|^model\/(?:call-as-text|structured-output-failed)/,
  A2_UNKNOWN_TOOL: /^registration\//,
  A3_MISSING_PARAM: /^arguments\/missing-argument/,
  A5_WRONG_TYPE: /^arguments\/(?:wrong-type|validation-failed|invalid-value)/,
  C10_PROTOCOL: /^mcp\//,
  C12_APPROVAL: /^execution\/(?:permission-denied|cancelled)/,
  C2_RATE_LIMIT: /rate-limited|upstream-error/,
  C3_TIMEOUT: /timeout/,
  C4_NETWORK: /upstream-error|mcp\/connection|network/,
  C5_UPSTREAM_ERROR: /upstream-error|mcp\/server-error|masked-error/,
  C6_NOT_FOUND: /resource-missing/,
  C7_ACCESS_POLICY: /permission-denied|auth/,
  C9_TOOL_BUG: /tool-raised/,
  E2_LOOP: /flow\/loop/,
  E4_BUDGET_EXHAUSTED: /flow\/step-limit|context-overflow/,
  E5_SWALLOWED_ERROR: /masked-error|upstream-error|tool-raised/,
  F3_CONTENT_FILTER: /content-filtered/,
  F4_OUTPUT_CUT: /truncated|structured-output|too-large/,
  F6_PROVIDER_OUTAGE: /^provider\//,
};

const folder = process.argv[2] ?? "../shared/data";
const providers = join(folder, "provider-errors/provider_errors.jsonl");
if (existsSync(providers)) {
  const rows = readFileSync(providers, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((l) => JSON.parse(l) as Row);
  const texts: LabelledText[] = rows.flatMap((row, i) => {
    const classes = LABELS.find(([says]) => says.test(JSON.stringify(row.body)))?.[1];
    if (classes === undefined) return [];
    return Object.entries(forms(row)).map(([form, text]) => ({
      id: `${i}-${form}`,
      text,
      expect: classes[0]!,
      accept: classes.slice(1),
      facts: form === "raw" ? {} : { provider_status: row.status },
    }));
  });
  const s = scoreTexts(texts);
  console.log(
    `provider-errors: ${rows.length} rows, ${texts.length} texts · class ${s.right}/${s.texts} ${(s.right / s.texts).toFixed(3)}`,
  );
  for (const w of s.wrong.slice(0, Number(process.argv[3] ?? 0)))
    console.log(`  ${w.id} expected ${w.expect}, got ${w.got}: ${w.text.slice(0, 160)}`);
}
const labels = join(folder, "agent-trace-triage/labels.csv");
const packed = join(folder, "agent-trace-triage/sample_traces.tar.gz");
if (existsSync(labels) && existsSync(packed)) {
  let [right, all] = [0, 0];
  const unpacked = mkdtempSync(join(tmpdir(), "misfire-"));
  execFileSync("tar", ["-xzf", packed, "-C", unpacked]);
  for (const line of readFileSync(labels, "utf8").trim().split("\n").slice(1)) {
    const [trace, primary] = line.split(",");
    const file = join(unpacked, `sample_traces/${trace}.json`);
    const wanted = TRIAGE[primary ?? ""];
    if (!existsSync(file) || wanted === undefined) continue;
    all++;
    const got = diagnoseFiles([file]).incidents.map((i) => i.classifier);
    if (got.some((c) => wanted.test(c))) right++;
    else if (process.argv[3] !== undefined)
      console.log(`  ${trace} expected ${primary}, got ${got.join(", ") || "nothing"}`);
  }
  rmSync(unpacked, { recursive: true });
  console.log(`agent-trace-triage: ${right}/${all} ${(right / all).toFixed(3)} have an incident of their label's kind`);
}
