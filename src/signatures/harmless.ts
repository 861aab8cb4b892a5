/**
 * Places in plain text where the words of an error are talked about: a chat turn, a diff, a comment, a test's name, a
 * help text, source code. The line of the match decides; a traceback's own lines are never harmless.
 */
export function isHarmless(body: string, start: number, end: number, breaks: readonly number[] = []): boolean {
  const from = Math.max(body.lastIndexOf("\n", start - 1) + 1, breaks.findLast((b) => b <= start) ?? 0);
  const line = body.slice(from, Math.min(nextLine(body, end), breaks.find((b) => b >= end) ?? Infinity, from + 2000));
  const at = start - from;
  return FORMS.some(
    ({ form, unless }) => form.test(line) && !(unless?.test(line.slice(Math.max(0, at - 80))) ?? false),
  );
}

/**
 * True of words about what frameworks do beside the run, with a copy at hand when it fails. The line of the match decides,
 * or the one above that it is indented under: causes are printed so.
 */
export function isChore(body: string, start: number): boolean {
  let from = body.lastIndexOf("\n", start - 1) + 1;
  for (let lines = 0; lines < 20 && from > 0 && /[ \t}]/.test(body[from] ?? ""); lines++)
    from = body.lastIndexOf("\n", from - 2) + 1;
  return CHORE.test(body.slice(from, Math.min(nextLine(body, from), from + 400)));
}

/**
 * Within a text of several lines that stands in quotes on one: a result that talks about failures, printed by a program. What
 * a stack or a traceback holds is none. `text` is the line as it was, `body` what it says.
 */
export function isQuotedLine(body: string, text: string, start: number): boolean {
  const before = body.slice(Math.max(0, start - 400), start);
  const breaks = Math.max(before.lastIndexOf("\\n"), body === text ? -1 : before.lastIndexOf("\n"));
  const open = before.lastIndexOf('"', breaks);
  return breaks > 0 && open >= 0 && !before.slice(open + 1).includes('"') && !/Traceback|\n\s{0,8}at /.test(before);
}

const CHORE = /\b(?:auto-?refresh|(?:update|version) check|cost map|price list)\b[^\n]{0,80}\b(?:fail|error|retry)/i;

interface Form {
  name: string;
  form: RegExp;
  unless?: RegExp;
}

const FORMS: Form[] = [
  {
    name: "chat turn",
    form: /^\s*(?:[>*\-•]\s*)?(?:user|human|customer|assistant|ai|bot|agent|system|question|answer|q|a)\s?(?:\([^)]*\))?\s?[:>]\s/i,
    unless: /(?:Error|Exception)\b:|\bError code: \d/,
  },
  {
    name: "diff line",
    form: /^\s{0,3}[+-](?![+-]?\d)\s*(?:[\w.]+\s*[(=]|raise\b|throw\b|return\b|assert|if\b|import\b|from\b|def\b|const\b|let\b|logger?\.|print\(|#|\/\/)/,
  },
  {
    name: "commit subject",
    form: /^\s*(?:[-*•]\s)?(?:[0-9a-f]{7,40}\s)?(?:fix|feat|docs?|test|chore|refactor|perf|style|revert)(?:\([^)\n]{0,40}\))?!?: /,
    unless: /(?:Error|Exception)\b:/,
  },
  { name: "comment", unless: /ERROR:|Error: /, form: /^\s*(?:#(?!#)\s|\/\/\s|\/\*|\*\s|--\s|<!--|"""|REM\s|;;\s)/ },
  { name: "heading", form: /^\s{0,3}#{1,6} [A-Z]/, unless: /Error\b|ERROR/ },
  {
    name: "source code",
    form: /^\s*(?:raise|throw(?: new)?|except|catch|assert|expect|if|elif|return|def|class|import|from|const|let|var|export|async def)\b.*[(){};:]\s*$|^\s*assert\s.*,\s?f?["'].*["']\s*$/,
  },
  {
    name: "test name",
    form: /(?:^|\s)(?:✓|✔|ok \d+|PASS(?:ED)?\b|=== RUN|--- PASS|test_\w+|it\(|describe\(|\.\.\. ok\b|PASSED$)/,
  },
  { name: "link of Markdown", form: /\[`[\w.:]{1,120}`\]\([^)\s]{1,300}\)/ },
  { name: "help text", form: /^\s{0,8}(?:-{1,2}[a-z][\w-]*(?:[ ,=<[]|$))/i },
];

function nextLine(body: string, from: number): number {
  const at = body.indexOf("\n", from);
  return at < 0 ? body.length : at;
}
