import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { packageRoot } from "../../installed.ts";
import type { Call } from "../call.ts";
import { EXIT, UsageError } from "../errors.ts";
import { didYouMean } from "../suggest.ts";
import { diagnose } from "./diagnose.ts";

const SAMPLES = fileURLToPath(new URL("samples/", packageRoot));
/** What a visitor shall see first, where it is there. */
const FIRST = "signature-mismatch";

/** `misfire demo [STORY]`: diagnoses a folder of samples/ and names the others. */
export async function run(call: Call): Promise<number> {
  const { words, values, io } = call;
  const stories = storiesOf(SAMPLES);
  const story = words[0] ?? (stories.includes(FIRST) ? FIRST : stories[0]);
  if (words.length > 1 || story === undefined || !stories.includes(story)) {
    throw new UsageError(`demo takes one of ${stories.join(", ")}${didYouMean(story ?? "", stories)}`);
  }
  const files = filesOf(`${SAMPLES}${story}`);
  const code = await diagnose(files, call, (path) => path.replace(SAMPLES, "samples/"));
  if (values.format === "text" && !values.quiet) {
    io.out(
      `\nThis was a recorded run, samples/${story}. Others: ${stories.filter((one) => one !== story).join(", ")} (misfire demo STORY).\nYour own: misfire app.log\n`,
    );
  }
  return code === EXIT.failure ? EXIT.ok : code;
}

function storiesOf(samples: string): string[] {
  if (!existsSync(samples)) return [];
  return readdirSync(samples, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    .sort();
}

/** All but what the sample says about itself. */
function filesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name !== "expected.json" && !name.endsWith(".md"))
    .sort()
    .map((name) => `${folder}/${name}`);
}
