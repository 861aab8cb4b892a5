/**
 * A text without the blanks or the `>` that all its lines begin with, as what is pasted from an issue, a chat or a mail has
 * them; null where they begin otherwise. Bytes of UTF-8.
 */
export function dedented(bytes: Uint8Array): Dedented | null {
  const lines = new TextDecoder().decode(bytes).split("\n");
  const told = lines.filter((line) => line.trim() !== "" && !/^(?:>\s*)+$/.test(line));
  if (told.length < FEWEST) return null;
  let prefix = BEGINS.exec(told[0]!)?.[0] ?? "";
  for (const line of told) while (!line.startsWith(prefix)) prefix = prefix.slice(0, -1);
  if (prefix.trim() === "" ? prefix.length < 2 && prefix !== "\t" : !prefix.startsWith(">")) return null;
  const rest = lines.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^[>\s]+/, "")));
  return { prefix, bytes: new TextEncoder().encode(rest.join("\n")) };
}

export interface Dedented {
  prefix: string;
  bytes: Uint8Array;
}

const FEWEST = 3;
const BEGINS = /^[>\s]{1,80}/;
