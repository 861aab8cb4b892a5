/**
 * A message with everything that varies masked: ids, numbers, paths, quoted values. Two failures with one mask are one
 * kind of failure. At most 240 characters, one line.
 */
export function mask(message: string): string {
  let text = message.slice(0, 1000);
  for (const [pattern, name] of MASKS) text = text.replace(pattern, name);
  return text.replace(/\s+/g, " ").trim().slice(0, 240);
}

const MASKS: [RegExp, string][] = [
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "<uuid>"],
  [/\b(?:call|toolu|tool|chatcmpl|resp|req|run|msg|thread|fc|ctc|rs)_[\w-]{2,80}/g, "<id>"],
  [/https?:\/\/[^\s"'<>)\]]+/g, "<url>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,\d]*(?:Z|[+-]\d\d:?\d\d)?/g, "<time>"],
  [/(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}/g, "<path>"],
  [/\b0x[0-9a-f]+\b/gi, "<hex>"],
  [/\b[0-9a-f]{16,64}\b/g, "<hex>"],
  [/"[^"\n]{0,200}"/g, '"*"'],
  [/'[^'\n]{0,200}'/g, "'*'"],
  [/`[^`\n]{0,200}`/g, "`*`"],
  [/-?\b\d+(?:[.,]\d+)*\b/g, "<n>"],
];
