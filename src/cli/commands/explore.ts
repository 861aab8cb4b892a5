import type { Exploration } from "../../tui/feed/explore.ts";
import type { Keys } from "../../tui/terminal.ts";
import { loadClassifiers } from "../../user-packs.ts";
import { wantsColor } from "../color.ts";
import { inWindow } from "../cases.ts";
import type { Call } from "../commands.ts";
import { EXIT, UsageError } from "../errors.ts";

/** `misfire -i FILE...`: the terminal app over files, which it reads while they are looked at. */
export async function run(call: Call): Promise<number> {
  const { words, io } = call;
  if (words.length === 0 && io.inIsTerminal) throw new UsageError("-i takes files, or a pipe (misfire help diagnose)");
  if (words.every((word) => word === "-")) return (await import("./pipe.ts")).run(call);
  const { terminalKeys } = await import("../../tui/start.ts");
  const keys = terminalKeys(io.outIsTerminal, process.env);
  if (keys === null) throw new UsageError("-i needs a terminal: there is none to draw on, or none to read keys from");
  const exploration = await open(call);
  const shown = explore(exploration, keys, call);
  // the first frame comes before the first byte is read
  await new Promise((resolve) => setImmediate(resolve));
  const reading = exploration.read();
  await shown;
  await reading;
  return exploration.unreadable ? EXIT.unreadable : EXIT.ok;
}

/** One can look at more than a report would print. */
const LEAST_EVIDENCE = 200;

async function open(call: Call): Promise<Exploration> {
  const { words, values } = call;
  const keep = inWindow(call);
  const classifiers = await loadClassifiers(values.classifiers);
  const { openExploration } = await import("../../tui/feed/explore.ts");
  return openExploration(words.length > 0 ? words : ["-"], {
    classifiers,
    maxEvidence: Math.max(values["max-evidence"], LEAST_EVIDENCE),
    ...(keep && { keep }),
    ...(values["format-in"] !== null && { format: values["format-in"] }),
  });
}

async function explore(exploration: Exploration, keys: Keys, { values, io }: Call): Promise<void> {
  const { startTui } = await import("../../tui/start.ts");
  return startTui(exploration, keys, { color: wantsColor(values.color, io), signal: io.signal });
}
