/**
 * Replaces secrets in a text before it is shown, stored or sent. Linear in the length of the text. What only looks
 * like a secret (call ids, UUIDs, hashes, `api_key=None`) stays.
 */
export function redact(text: string): string {
  return redactRange(text, null).text;
}

/** The same, and where `range` (UTF-16 units of the text) lies afterwards. */
export function redactRange(text: string, range: Range | null): { text: string; range: Range | null } {
  let state = { text, range };
  state = replaced(state, keyBlocks(state.text));
  for (const rule of RULES) state = replaced(state, edits(state.text, rule));
  return state;
}

export type Range = [start: number, end: number];

const MARK = "[redacted]";

/** Group 1 stays, group 2 is the secret; `when` has the last word. No quantifier may be entered twice for one stretch of text. */
interface Rule {
  pattern: RegExp;
  when?: (secret: string) => boolean;
}

const PASSWORD_NAMES = "pass(?:word|wd|phrase)|pwd|client[_-]?secret|secret[_-]?(?:access[_-]?)?key|private[_-]?key";
const KEY_NAMES =
  "api[ _-]?key(?: provided)?|(?:account|subscription|access|master|shared)[_-]?key|(?:access|refresh|auth|id|session|bearer|security)[_-]?token|connection[_-]?string";
const VAGUE_NAMES = "secret|token|credentials?|authorization|signature";
/** What may stand between a name and its value: quotes (also escaped ones), `:` or `=`, quotes. */
const IS = String.raw`\\{0,3}["']?\s{0,4}[:=]\s{0,4}`;

const RULES: readonly Rule[] = [
  // scheme://user:password@host
  { pattern: /(\b[a-z][a-z0-9+.-]{0,30}:\/\/)([^\s/:@"'`<>\\]{0,200}:[^\s/"'`<>\\]{1,400})(?=@)/gi },
  // OpenAI, Anthropic, OpenRouter, Langfuse, Stripe; providers print them half masked: sk-abc***xyz
  { pattern: /(?<![\w-])()((?:sk|rk|pk)[-_][\w*-]{8,})/g, when: keyLike },
  // GitHub, GitLab, Slack, Google, Hugging Face, Groq, xAI, Replicate, Perplexity, npm, PyPI, Tavily, LangSmith, Stripe hooks, Databricks, DigitalOcean, Linear, Notion, Fireworks
  {
    pattern:
      /(?<![\w-])()((?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|AIza|ya29\.|GOCSPX-|hf_|gsk_|xai-|r8_|pplx-|npm_|pypi-|tvly-|lsv2_|whsec_|dapi|dop_v1_|lin_api_|ntn_|fw_|nvapi-)[\w-]{16,})/g,
    when: random,
  },
  { pattern: /(?<![\w.-])()(SG\.[\w-]{16,}\.[\w-]{16,})/g },
  { pattern: /(hooks\.slack\.com\/services\/)([\w/]{16,})/g },
  // AWS access keys; JSON Web Tokens
  { pattern: /(?<![A-Za-z0-9])()((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16})(?![A-Za-z0-9])/g },
  { pattern: /(?<![\w-])()(eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*){0,3})/g },
  // HTTP headers
  {
    pattern:
      /(\bauthorization["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?(?:bearer|basic|token|digest|apikey|negotiate)\s{1,4})([^\s"'\\,;<>]{4,})/gi,
    when: value,
  },
  { pattern: /(\b(?:bearer|basic)\s{1,4})([\w.~+/=-]{8,})/gi, when: random },
  { pattern: /(\b(?:set-)?cookie["']?\s{0,4}[:=]\s{0,4}["']?)([^\s"'=;]{1,80}=[^"'\r\n]*)/gi },
  // parameters of a URL
  { pattern: /([?&](?:key|token|sig|signature|auth|code)=)([^&\s"'#\\<>]{6,})/gi, when: random },
  // name: value and name=value, quoted with ", with ', with \", or bare
  {
    pattern: new RegExp(`((?:${PASSWORD_NAMES}|${KEY_NAMES})${IS}")([^"\\\\\r\n]*(?:\\\\[^\r\n][^"\\\\\r\n]*)*)`, "gi"),
    when: value,
  },
  {
    pattern: new RegExp(`((?:${PASSWORD_NAMES}|${KEY_NAMES})${IS}')([^'\\\\\r\n]*(?:\\\\[^\r\n][^'\\\\\r\n]*)*)`, "gi"),
    when: value,
  },
  { pattern: new RegExp(`((?:${PASSWORD_NAMES}|${KEY_NAMES})${IS}\\\\{1,3}["'])([^"'\\\\]+)`, "gi"), when: value },
  { pattern: new RegExp(`((?:${PASSWORD_NAMES})${IS})([^\\s"'\\\\,;&<>(){}\\[\\]]{3,})`, "gi"), when: value },
  { pattern: new RegExp(`((?:${KEY_NAMES})${IS})([^\\s"'\\\\,;&<>(){}\\[\\]]{6,})`, "gi"), when: value },
  {
    pattern: new RegExp(`((?:${VAGUE_NAMES})${IS}\\\\{0,3}["']?)([^\\s"'\\\\,;&<>(){}\\[\\]]{8,})`, "gi"),
    when: random,
  },
];

/** Not a word of a language and not a number: long, with letters and digits mixed, or very long. */
function random(secret: string): boolean {
  if (secret.includes(MARK.slice(1, -1))) return false;
  const letters = /[a-z]/i.test(secret);
  if (letters && (/\d/.test(secret) || secret.includes("**"))) return true;
  return letters && secret.length >= 28 && !/[-_.]/.test(secret.slice(8));
}

/** `sk-` also begins words (`sk-learn`, `sk-estimator-id-1`): a key has a part with letters and digits mixed, or is long. */
function keyLike(secret: string): boolean {
  return (
    secret.length >= 20 ||
    secret.includes("**") ||
    secret.split(/[-_]/).some((part) => /\d{6}|[a-z]\d|\d[a-z]/i.test(part))
  );
}

/** Anything but a placeholder, a type, or an expression that fetches the value from elsewhere. */
function value(secret: string): boolean {
  return !PLACEHOLDER.test(secret) && !secret.includes(MARK.slice(1, -1));
}

const PLACEHOLDER =
  /^(?:none|null|nil|undefined|true|false|str|string|int|number|bool|boolean|any|optional|object|required|missing|invalid|incorrect|empty|unset|not|is|field|must|your|yes|no|env|x{3,}|\*+|\.{3}|…|os\.environ.*|os\.getenv.*|process\.env.*|import\.meta.*|getenv.*|config\..*|settings\..*|self\..*|\$.*|<.*|\{.*|%.*)$/is;

/** Private key blocks, from BEGIN to END or to the end of the text. */
function keyBlocks(text: string): Range[] {
  const found: Range[] = [];
  let from = text.indexOf("-----BEGIN ");
  while (from >= 0) {
    const head = /^-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/.exec(text.slice(from, from + 90));
    let next = from + 11;
    if (head) {
      const foot = text.indexOf("-----END ", from);
      const close = foot < 0 ? -1 : text.indexOf("-----", foot + 9);
      next = foot < 0 ? text.length : close < 0 || close > foot + 60 ? foot : close + 5;
      found.push([from, next]);
    }
    from = text.indexOf("-----BEGIN ", next);
  }
  return found;
}

function edits(text: string, rule: Rule): Range[] {
  const found: Range[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    const secret = match[2] ?? "";
    const start = match.index + (match[1] ?? "").length;
    if (secret !== "" && (!rule.when || rule.when(secret))) found.push([start, start + secret.length]);
  }
  return found;
}

function replaced(
  state: { text: string; range: Range | null },
  found: readonly Range[],
): { text: string; range: Range | null } {
  if (found.length === 0) return state;
  let text = "";
  let done = 0;
  for (const [start, end] of found) {
    text += state.text.slice(done, start) + MARK;
    done = end;
  }
  text += state.text.slice(done);
  return { text, range: state.range && [moved(state.range[0], found, false), moved(state.range[1], found, true)] };
}

/** Where an offset lies after the replacements; inside one, its start or its end. */
function moved(offset: number, found: readonly Range[], isEnd: boolean): number {
  let shift = 0;
  for (const [start, end] of found) {
    if (offset <= start) break;
    if (offset < end) return start + shift + (isEnd ? MARK.length : 0);
    shift += MARK.length - (end - start);
  }
  return offset + shift;
}
