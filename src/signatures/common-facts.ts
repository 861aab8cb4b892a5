import type { FactName, Facts } from "../records/finding.ts";

/**
 * Facts that a text names in a way of its own, whatever failed: the HTTP status, the provider's code, the model. They are
 * added to what the signature captured, and a status that stands in the text beats one that the wording only implies.
 */
export function withCommonFacts(facts: Facts, implied: Facts, classifier: string, body: string): Facts {
  const text = body.slice(0, 16 * 1024);
  const all = { ...facts };
  for (const { name, of, patterns } of COMMON) {
    if (!of.test(classifier) || (all[name] !== undefined && all[name] !== implied[name])) continue;
    for (const pattern of patterns) {
      const value = pattern.exec(text)?.[1];
      if (value === undefined) continue;
      all[name] = value;
      break;
    }
  }
  return all;
}

/** Failures that are answers of a model's endpoint, and failures of one call. */
const OF_A_REQUEST = /^(?:schema|model|conversation|provider|registration|concurrency)\//;
const OF_A_CALL = /^(?:registration|schema|arguments|execution|result|conversation|model|mcp\/timeout)/;

const COMMON: { name: FactName; of: RegExp; patterns: RegExp[] }[] = [
  {
    name: "providerStatus",
    of: /^(?:arguments|result|flow)\//,
    patterns: [/\bError code: ([45]\d\d)\b/, /\bstatus code: ([45]\d\d)\b/],
  },
  {
    name: "callId",
    of: OF_A_CALL,
    patterns: [
      /\b(?:tool_call_id|call_id|toolCallId|callId|tool_use_id|id)\\?["']?\s?[:=]\s?\\?["'](call_[\w-]{1,80}|toolu_[\w-]{1,80})/,
      /\b((?:call|toolu|tooluse)_(?=[A-Za-z]{0,30}\d)[A-Za-z0-9]{8,64})\b/,
    ],
  },
  {
    name: "tool",
    of: OF_A_CALL,
    patterns: [
      /\\?["']name\\?["']:\s?\\?["']([\w.-]{2,80})\\?["'],\s?\\?["'](?:args|arguments|input|parameters)\\?["']/,
      /\b(?:tool_name|toolName)\\?["']?\s?[:=]\s?\\?["']?([A-Za-z_][\w.-]{1,80})/,
      /`([A-Za-z_][\w.-]{1,60})` (?:returns|returned|fails|failed|tool)\b/,
      /(?:name|tool) `([A-Za-z_][\w.-]{1,80})`/,
      /^\W{0,6}\[(?=\w{0,40}[a-z])([A-Z]\w{1,40})\]/m,
      /\bschema for function \\?['"]([\w.-]{1,120})/,
      /\bdefault_api:([A-Za-z_][\w.-]{1,80})/,
      /^Action: ([^\n]{2,60})$/m,
      /\bTool ([A-Za-z][\w -]{1,60}?) accepts these inputs/,
      /failed_generation\\?["']:\s?\\?["']\{\\*"name\\*":\s?\\*"([\w.-]{2,80})/,
    ],
  },
  {
    name: "expected",
    of: /^(?:arguments|result)\//,
    patterns: [/\b[Ee]xpected ([a-z]{3,20}), received [a-z]{3,20}\b/],
  },
  {
    name: "received",
    of: /^(?:arguments|result|execution)\//,
    patterns: [/unhashable type: '(\w{2,40})'/, /\b[Ee]xpected [a-z]{3,20}, received ([a-z]{3,20})\b/],
  },
  { name: "argument", of: /^(?:arguments|result\/contract)/, patterns: [/\breceived [a-z]{3,20} at ([\w.[\]]{1,80})/] },
  {
    name: "argument",
    of: /^model\/structured-output-failed/,
    // pydantic: the field that the answer has wrong
    patterns: [/\b\d{1,4} validation errors? for\s[\w.[\], ]{1,80}\n\s*([A-Za-z_][\w.]{0,80})\n\s+\S/],
  },
  { name: "limit", of: /^execution\/tool-raised/, patterns: [/\bMaximum number of (\d{1,9}) /] },
  {
    name: "argument",
    of: /^arguments\/(?:malformed|truncated)/,
    patterns: [
      /^[^\n]{0,200}\{\\?["'](\w{1,60})\\?["']: ?NaN\b/,
      /[,{]\\?["'](\w{1,60})\\?["']: ?\\?["']\\?["'][^,}\s:]/,
    ],
  },
  {
    name: "limit",
    of: /\/timeout$/,
    patterns: [/\b(?:after|exceeded|within|of) (\d{1,7}(?:\.\d{1,3})?) ?(?:ms|s|sec|secs|seconds|minutes)\b/],
  },
  {
    name: "providerStatus",
    of: OF_A_REQUEST,
    patterns: [
      /\bError code: ([45]\d\d)\b/,
      /\b(?:status|statusCode|status_code|http_status|HTTP status|status code|response status|code)\\?["']?\s{0,2}[:=]?\s{0,2}\\?["']?([45]\d\d)\b/i,
      /\bHTTP\/\d(?:\.\d)?\\?"? ([45]\d\d)\b/,
      /\bHTTP (?:error )?([45]\d\d)\b/i,
      /(?:^|[\s:([])([45]\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Unprocessable|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|INVALID_ARGUMENT|RESOURCE_EXHAUSTED|UNAVAILABLE|\{|"|Invalid|The )/,
      /(?:Error|Exception):? ([45]\d\d)\b/,
      /(?:^|[\n:] ?)([45]\d\d) (?=[A-Z][a-z]{2,20} )/,
      /\(([45]\d\d)\)/,
      /^(?:\[[\w .-]{1,30}\] )?([45]\d\d):? (?=[A-Za-z])/,
    ],
  },
  {
    name: "providerCode",
    of: OF_A_REQUEST,
    patterns: [
      /\\?["']code\\?["']:\s?\\?["']([A-Za-z_][\w.-]{1,60})\\?["']/,
      /An error occurred \((\w{3,60})\) when calling/,
    ],
  },
  { name: "param", of: OF_A_REQUEST, patterns: [/\\?["']param\\?["']:\s?\\?["']([^"'\\]{1,120})\\?["']/] },
  {
    name: "model",
    of: OF_A_REQUEST,
    patterns: [
      /\b((?:anthropic|meta|amazon|cohere|mistral)\.[\w.:-]{4,60}) (?:is not|isn)/,
      /\bmodels\/([\w.-]{2,80}):\w/,
      /\bmodel(?:_name|Id)?\\?["']?\s?[:=]\s?\\?["']([\w.:/@-]{2,80})\\?["']/i,
      /\bmodel [`'"“]([\w.:/@-]{2,80})[`'"”]/i,
      /\bmodel_name: ([\w.:/@-]{2,80})/,
      /\bmodel=((?=[\w.:/@-]{0,40}\d)\w[\w.:/@-]{0,78}\w)/,
    ],
  },
];
