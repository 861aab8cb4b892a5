import type { FactName, Facts } from "../records/finding.ts";

/**
 * Facts that a text names in a way of its own, whatever failed: the HTTP status, the provider's code, the model. They are
 * added to what the signature captured, and a status that stands in the text beats one that the wording only implies.
 */
export function withCommonFacts(facts: Facts, implied: Facts, layer: string, body: string): Facts {
  if (!ABOUT_A_REQUEST.has(layer)) return facts;
  const text = body.slice(0, 16 * 1024);
  const all = { ...facts };
  for (const { name, patterns } of COMMON) {
    if (all[name] !== undefined && all[name] !== implied[name]) continue;
    for (const pattern of patterns) {
      const value = pattern.exec(text)?.[1];
      if (value === undefined) continue;
      all[name] = value;
      break;
    }
  }
  return all;
}

/** Layers whose failures are answers of a model's endpoint. */
const ABOUT_A_REQUEST = new Set(["schema", "model", "conversation", "provider", "registration", "concurrency"]);

const COMMON: { name: FactName; patterns: RegExp[] }[] = [
  {
    name: "providerStatus",
    patterns: [
      /\bError code: ([45]\d\d)\b/,
      /\b(?:status|statusCode|status_code|http_status|HTTP status|status code|response status|code)\\?["']?\s{0,2}[:=]?\s{0,2}\\?["']?([45]\d\d)\b/i,
      /\bHTTP\/\d(?:\.\d)?\\?"? ([45]\d\d)\b/,
      /\bHTTP (?:error )?([45]\d\d)\b/i,
      /(?:^|[\s:(\[])([45]\d\d) (?:Bad Request|Unauthorized|Forbidden|Not Found|Unprocessable|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out|INVALID_ARGUMENT|RESOURCE_EXHAUSTED|UNAVAILABLE|\{|"|Invalid|The )/,
      /\b(?:Error|Exception):? ([45]\d\d)\b/,
      /(?:^|[\n:] ?)([45]\d\d) (?=[A-Z][a-z]{2,20} )/,
      /\(([45]\d\d)\)/,
    ],
  },
  { name: "providerCode", patterns: [/\\?["']code\\?["']:\s?\\?["']([A-Za-z_][\w.-]{1,60})\\?["']/, /An error occurred \((\w{3,60})\) when calling/] },
  { name: "param", patterns: [/\\?["']param\\?["']:\s?\\?["']([^"'\\]{1,120})\\?["']/] },
  {
    name: "model",
    patterns: [/\bmodels\/([\w.-]{2,80}):\w/, /\bmodel(?:_name|Id)?\\?["']?\s?[:=]\s?\\?["']([\w.:/@-]{2,80})\\?["']/i, /\bmodel [`'"“]([\w.:/@-]{2,80})[`'"”]/i, /\bmodel_name: ([\w.:/@-]{2,80})/],
  },
];
