/** `48 MB`, `1.2 GB`; decimal units, as disks and networks count. */
export function bytesOf(bytes: number): string {
  let value = bytes;
  for (const unit of ["bytes", "kB", "MB", "GB", "TB"]) {
    if (value < 999.5 || unit === "TB") {
      if (unit === "bytes") return value === 1 ? "1 byte" : `${value} bytes`;
      return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
    }
    value /= 1000;
  }
  return "";
}

/** `213,482`. */
export function numberOf(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 cause`, `3 causes`; `many` where adding an s is wrong. */
export function countOf(value: number, one: string, many = `${one}s`): string {
  return `${numberOf(value)} ${value === 1 ? one : many}`;
}

/** `0.09 s`, `1.4 s`, `2 min 5 s`. */
export function secondsOf(seconds: number): string {
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${seconds < 1 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
}

/** `14:02:11 to 14:03:40`, with the day where they differ in it; in UTC, as the report has them. */
export function timesOf(first: string | null, last: string | null): string {
  if (!first || !last) return "";
  const [dayA = "", clockA = ""] = first.split("T");
  const [dayB = "", clockB = ""] = last.split("T");
  const [a, b] = [clockA.slice(0, 8), clockB.slice(0, 8)];
  if (dayA !== dayB) return `${dayA} ${a} to ${dayB} ${b}`;
  return a === b ? a : `${a} to ${b}`;
}
