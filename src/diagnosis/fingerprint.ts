import type { Finding } from "../records/finding.ts";

/**
 * What makes two findings the same incident: classifier x tool x what was said. Where the tool and the argument are known
 * they say more than the words, which differ between frameworks and versions.
 */
export function fingerprintOf(f: Finding): string {
  const said = f.facts.argument ?? (f.tool === null ? f.message : "");
  return `${f.classifier}\u0000${f.tool ?? ""}\u0000${said}`;
}
