/** True for a line (ANSI stripped) that can only be the start of a record, whatever came before it. */
export function startsRecord(line: string): boolean {
  return STARTS.some((start) => start.test(line));
}

const STARTS = [
  /^\{"/,
  /^\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/,
  /^(?:DEBUG|INFO|WARNING|ERROR|CRITICAL):[^:\s][^:]*:/,
  /^(?:TRACE|DEBUG|INFO|WARNING|ERROR|CRITICAL): {1,8}\S/,
  /^---------- \S.* ----------$/,
  /^>{8} /,
  /^\*{5} (?:Suggested|Response from calling) /,
];
