import { readFileSync } from "node:fs";
import { createAnalyzer } from "../src/analyzer.ts";
import type { Classifier } from "../src/records/classifier.ts";
import { redactReport } from "../src/records/redact-report.ts";
import { text } from "../src/reporters/text.ts";
import { widthOf } from "../src/reporters/text/width.ts";

const SAMPLE = "samples/signature-mismatch/console.log";
const COLUMNS = 100;

/** docs/picture.svg: the report on a shipped sample as a terminal shows it, colours and all. */
export function picture(root: URL, classifiers: readonly Classifier[]): string {
  const analyzer = createAnalyzer({ version: "", classifiers });
  const source = analyzer.source(SAMPLE);
  source.push(readFileSync(new URL(SAMPLE, root)));
  source.end();
  const view = {
    width: COLUMNS,
    color: true,
    unclassified: false,
    verbose: false,
    quiet: false,
    seconds: null,
    context: new Map(),
  };
  return svgOf([
    `\u001b[2m$\u001b[22m misfire ${SAMPLE}`,
    "",
    ...text(redactReport(analyzer.report()), view).trimEnd().split("\n"),
  ]);
}

const CELL = { width: 8.43, height: 19 };
const PAD = 20;
const COLORS: Record<string, string> = {
  "31": "#ff6b6b",
  "32": "#69db7c",
  "33": "#ffd43b",
  "34": "#74c0fc",
  "36": "#66d9e8",
};

function svgOf(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CELL.width + 2 * PAD);
  const height = Math.ceil(lines.length * CELL.height + 2 * PAD);
  const rows = lines.map((line, index) => row(line, PAD + index * CELL.height + 14));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="misfire diagnoses a log">
<rect width="100%" height="100%" rx="8" fill="#16191d"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#dee2e6" xml:space="preserve">
${rows.filter((one) => one !== "").join("\n")}
</g>
</svg>
`;
}

/** Each painted stretch is placed by its column, so that no font can move what stands behind it. */
function row(line: string, y: number): string {
  let column = 0;
  const state = { bold: false, dim: false, color: "" };
  const spans: string[] = [];
  // oxlint-disable-next-line no-control-regex
  for (const part of line.split(/(\u001b\[\d+m)/)) {
    const code = /^\u001b\[(\d+)m$/.exec(part)?.[1];
    if (code !== undefined) apply(code, state);
    else if (part !== "") {
      const start = part.length - part.trimStart().length;
      const shown = part.trim();
      if (shown !== "")
        spans.push(
          `<tspan x="${(PAD + (column + start) * CELL.width).toFixed(1)}"${styleOf(state)}>${escaped(shown)}</tspan>`,
        );
      column += widthOf(part);
    }
  }
  return spans.length === 0 ? "" : `<text y="${y}">${spans.join("")}</text>`;
}

function apply(code: string, state: { bold: boolean; dim: boolean; color: string }): void {
  if (code === "1") state.bold = true;
  else if (code === "2") state.dim = true;
  else if (code === "22") state.bold = state.dim = false;
  else state.color = COLORS[code] ?? "";
}

function styleOf({ bold, dim, color }: { bold: boolean; dim: boolean; color: string }): string {
  return (color === "" ? (dim ? ' fill="#868e96"' : "") : ` fill="${color}"`) + (bold ? ' font-weight="bold"' : "");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
