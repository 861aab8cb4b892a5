import { fstatSync } from "node:fs";
import { readInputs } from "../../sources/inputs.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { missingHint } from "../missing-hint.ts";
import { createProgress } from "../progress.ts";
import { bytesOf } from "../../reporters/text/numbers.ts";

/** `misfire [FILE|DIR|-]...` */
export async function run(call: Call): Promise<number> {
  if (call.values.interactive) return (await import("./explore.ts")).run(call);
  if (call.values.follow) return (await import("./follow.ts")).run(call);
  if (mayBeEndless(call)) return (await import("./pipe.ts")).run(call);
  if (call.values.checkpoint !== null) throw new UsageError("--checkpoint goes with --follow");
  return diagnose(call.words.length > 0 ? call.words : ["-"], call);
}

/** A pipe at a terminal: the app opens when it does not end. */
function mayBeEndless({ words, values, io }: Call): boolean {
  if (!values.tui || values.format !== "text" || values.quiet || values.separate || values.context > 0) return false;
  if (io.inIsTerminal || !io.outIsTerminal || words.some((word) => word !== "-") || words.length > 1) return false;
  const stats = fstatSync(0);
  return stats.isFIFO() || stats.isSocket();
}

/** Reads the inputs into one case, or one for each, and prints the reports. `rename` gives a source the name to show. */
export async function diagnose(
  paths: readonly string[],
  call: Call,
  rename = (name: string): string => name,
): Promise<number> {
  const { values, io } = call;
  const quiet = values.quiet && values.format === "text";
  // the terminal app draws before it loads so much
  const { openCases } = await import("../cases.ts");
  const cases = await openCases(call);
  const progress = createProgress(io, !quiet);
  let unreadable = 0;
  let bytes = 0;
  let skipped = 0;
  await readInputs(
    paths,
    {
      open(name) {
        const input = cases.open(rename(name));
        return {
          push(block) {
            bytes += block.length;
            input.push(block);
          },
          end() {
            progress.clear();
            input.end();
          },
        };
      },
      problem({ kind, name, reason }) {
        progress.clear();
        if (kind === "unreadable") unreadable++;
        else cases.damaged(rename(name), reason);
        io.err(`misfire: ${name === "-" ? "stdin" : name}: ${reason}${missingHint(name, call.words)}\n`);
      },
      skipped: () => void skipped++,
      progress: (name, read, size) => progress.update(name, read, size),
    },
    io.signal,
  );
  progress.clear();
  if (io.signal.aborted) io.err(`misfire: interrupted; the report is about the first ${bytesOf(bytes)}\n`);
  if (skipped > 0 && values.verbose)
    io.err(`misfire: left out ${skipped} files that are source code, or neither text nor JSON nor OTLP\n`);
  const code = await cases.finish(unreadable > 0);
  if (io.signal.aborted) return EXIT.interrupted;
  return unreadable > 0 ? EXIT.unreadable : code;
}
