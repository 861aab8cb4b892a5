/** A share of 1 as a bar of so many columns, in eighths. */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.max(0, Math.min(1, share)) * width * 8);
  const full = Math.floor(eighths / 8);
  return "█".repeat(full) + (full < width ? (" ▏▎▍▌▋▊▉"[eighths % 8] ?? "").trim() : "");
}

/** Columns of a height each, drawn from the top; values are shares of 1. */
export function columns(values: readonly number[], height: number, wide: number): string[] {
  const blocks = " ▁▂▃▄▅▆▇█";
  return Array.from({ length: height }, (_, row) =>
    values
      .map((value) => {
        const eighths = Math.round(value * height * 8) - (height - 1 - row) * 8;
        return blocks[Math.max(0, Math.min(8, eighths))]!.repeat(wide);
      })
      .join(" "),
  );
}
