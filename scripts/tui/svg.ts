import { widthOf } from "../../src/reporters/text/width.ts";

const CELL = { width: 8.43, height: 19 };
const PAD = 16;
const COLORS: Record<string, string> = {
  "31": "#ff6b6b",
  "32": "#69db7c",
  "33": "#ffd43b",
  "34": "#74c0fc",
  "36": "#66d9e8",
};
const [FORE, BACK, DIM] = ["#dee2e6", "#16191d", "#868e96"];

interface Style {
  bold: boolean;
  dim: boolean;
  inverse: boolean;
  underline: boolean;
  color: string;
}

/** A frame of the terminal as a picture, colours and the cursor line and all. */
export function svgOf(lines: readonly string[], name: string): string {
  return pictureOf([lines], name, 0, () => "");
}

/** Frames one after the other, each for so many seconds, for ever. */
export function filmOf(frames: readonly { lines: readonly string[]; seconds: number }[], name: string): string {
  const total = frames.reduce((sum, { seconds }) => sum + seconds, 0);
  let at = 0;
  const times = frames.map(({ seconds }) => {
    const from = at / total;
    at += seconds;
    return { from, to: at / total };
  });
  return pictureOf(
    frames.map(({ lines }) => lines),
    name,
    frames.findIndex(({ seconds }) => seconds === Math.max(...frames.map((one) => one.seconds))),
    (n) => {
      const { from, to } = times[n]!;
      const values = from === 0 ? "inline;none" : to >= 1 ? "none;inline" : "none;inline;none";
      const keys = [0, ...(from === 0 ? [] : [from]), ...(to >= 1 ? [] : [to])].map((key) => key.toFixed(4)).join(";");
      return `<animate attributeName="display" values="${values}" keyTimes="${keys}" dur="${total}s" calcMode="discrete" repeatCount="indefinite"/>`;
    },
  );
}

function pictureOf(
  frames: readonly (readonly string[])[],
  name: string,
  still: number,
  inside: (frame: number) => string,
): string {
  const columns = Math.max(...frames.flat().map((line) => widthOf(line.replace(/\u001b\[[\d;]*m/g, ""))));
  const width = Math.ceil(columns * CELL.width + 2 * PAD);
  const height = Math.ceil(Math.max(...frames.map(({ length }) => length)) * CELL.height + 2 * PAD);
  const groups = frames.map((lines, n) => {
    const rows = lines.map((line, at) => row(line, PAD + at * CELL.height)).filter(Boolean);
    // what does not play it shows the frame that one looks at longest
    return `<g${n === still ? "" : ' display="none"'}>${inside(n)}\n${rows.join("\n")}\n</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="misfire in the terminal: ${name}">
<rect width="100%" height="100%" rx="8" fill="${BACK}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${FORE}" xml:space="preserve">
${groups.join("\n")}
</g>
</svg>
`;
}

/** Each painted stretch is placed by its column, so that no font can move what stands behind it. */
function row(line: string, top: number): string {
  const style: Style = { bold: false, dim: false, inverse: false, underline: false, color: "" };
  let column = 0;
  let boxes = "";
  let texts = "";
  for (const [n, part] of line.split(/\u001b\[([\d;]*)m/).entries()) {
    if (n % 2 === 1) {
      for (const code of part.split(";")) apply(code, style);
      continue;
    }
    const x = PAD + column * CELL.width;
    const wide = widthOf(part);
    if (style.inverse && wide > 0)
      boxes += `<rect x="${x.toFixed(1)}" y="${top}" width="${(wide * CELL.width).toFixed(1)}" height="${CELL.height}" fill="${FORE}"/>`;
    if (part.trim() !== "") {
      const indent = part.length - part.trimStart().length;
      texts += `<tspan x="${(x + indent * CELL.width).toFixed(1)}"${looks(style)}>${escaped(part.trim())}</tspan>`;
    }
    column += wide;
  }
  return boxes + (texts === "" ? "" : `<text y="${top + 14}">${texts}</text>`);
}

function apply(code: string, style: Style): void {
  if (code === "" || code === "0")
    Object.assign(style, { bold: false, dim: false, inverse: false, underline: false, color: "" });
  else if (code === "1") style.bold = true;
  else if (code === "2") style.dim = true;
  else if (code === "22") style.bold = style.dim = false;
  else if (code === "4" || code === "24") style.underline = code === "4";
  else if (code === "7" || code === "27") style.inverse = code === "7";
  else if (code === "39") style.color = "";
  else style.color = COLORS[code] ?? style.color;
}

function looks({ bold, dim, inverse, underline, color }: Style): string {
  const fill = inverse ? BACK : color !== "" ? color : dim ? DIM : "";
  return (
    (fill === "" ? "" : ` fill="${fill}"`) +
    (bold ? ' font-weight="bold"' : "") +
    (underline ? ' text-decoration="underline"' : "")
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
