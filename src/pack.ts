import { readFileSync } from "node:fs";
import type { Pack } from "./records/classifier.ts";

const root = new URL("../", import.meta.url);

export const version: string = (JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string }).version;

let pack: Pack | null = null;

/** The built-in classifiers as `npm run build` compiled them. */
export function builtInPack(): Pack {
  return (pack ??= JSON.parse(readFileSync(new URL("build/pack.json", root), "utf8")) as Pack);
}
