/** Takes the text out of a panel drawn with box characters; null where the text is none. Lines that fill the panel's width are joined with the next. */
export function openPanel(text: string): { title: string; body: string } | null {
  const lines = text.slice(0, LONGEST).split("\n");
  const top = lines.findIndex((line) => TOP.test(line));
  if (top === -1) return null;
  const title = lines[top]!.replace(/^[^╭]{0,200}╭/, "")
    .replaceAll(/[╭┏┌─━╮┓┐]/g, "")
    .trim();
  const inner: string[] = [];
  let isFull = false;
  for (const line of lines.slice(top + 1)) {
    if (BOTTOM.test(line)) break;
    const found = SIDE.exec(line);
    if (found === null) continue;
    const content = found[1]!.replace(/^ {1,2}/, "");
    const wasFull = isFull;
    isFull = content.trimEnd() !== "" && content.length - content.trimEnd().length <= 2;
    if (wasFull && inner.length > 0 && inner.at(-1)!.length < LONGEST_LINE && !/^\w+:/.test(content))
      inner[inner.length - 1] = `${inner.at(-1)!.trimEnd()} ${content.trim()}`;
    else inner.push(content.trimEnd());
  }
  return { title, body: inner.join("\n").trim() };
}

const LONGEST = 1 << 18;
const LONGEST_LINE = 8192;
/** Also behind the last line of a live display, which ends without a line break. */
const TOP = /^\s*[╭┏┌][─━]|^ {2,40}[^ ╭][^╭]{0,160}╭─{8}/;
const BOTTOM = /^\s*[╰┗└][─━]/;
const SIDE = /^\s*[│┃](.*?)[│┃]?\s*$/;
