import type { Carrier } from "./carrier.ts";
import { jsonTexts, notebook } from "./json-texts.ts";
import { junit, page } from "./markup.ts";
import { numbered } from "./numbered.ts";
import { pythonBytes } from "./python-bytes.ts";
import { logTable } from "./table.ts";

/** The particular before the general. */
export const carriers: readonly Carrier[] = [notebook, jsonTexts, junit, page, logTable, numbered, pythonBytes];

/** The carrier that a source with these first bytes may be; null for most. */
export function carrierOf(head: Uint8Array): Carrier | null {
  const text = new TextDecoder().decode(head);
  return carriers.find(({ begins }) => begins(text)) ?? null;
}

/** What it carries, as bytes; null where it is none after all. A fault of ours costs this, not the source. */
export function unpacked({ unpack }: Carrier, document: Uint8Array): Uint8Array | null {
  try {
    const text = unpack(new TextDecoder().decode(document));
    return text === null ? null : new TextEncoder().encode(text);
  } catch {
    return null;
  }
}
