import { windowOf } from "../cases.ts";
import { wantsColor } from "../color.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";

/** `misfire -i FILE...`: the terminal app over files, which it reads while they are looked at. */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  if (words.length === 0 && io.inIsTerminal) throw new UsageError("-i takes files, or a pipe (misfire help diagnose)");
  if (words.every((word) => word === "-")) return (await import("./pipe.ts")).run(call);
  const { terminalKeys, startTui } = await import("../../tui/start.ts");
  const keys = terminalKeys(io.outIsTerminal, process.env);
  if (keys === null) throw new UsageError("-i needs a terminal: there is none to draw on, or none to read keys from");
  const { openExploration } = await import("../../tui/feed/explore.ts");
  const exploration = openExploration({
    kind: "files",
    paths: words,
    classifiers: values.classifiers,
    // one can look at more than a report would print
    maxEvidence: Math.max(values["max-evidence"], LEAST_EVIDENCE),
    window: windowOf(call),
    format: values["format-in"],
  });
  // what reads takes longer to load than what draws: it has to wait for the first frame
  let reading = Promise.resolve();
  await startTui(exploration, keys, {
    color: wantsColor(values.color, io),
    signal: io.signal,
    drawn: () => void (reading = exploration.read()),
  });
  await reading;
  return exploration.unreadable ? EXIT.unreadable : EXIT.ok;
}

const LEAST_EVIDENCE = 200;
