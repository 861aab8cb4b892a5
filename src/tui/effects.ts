import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Effects } from "./actions/effects.ts";

/** Gives the terminal away while another program has it. */
export type Suspend = (callback: () => Promise<void>) => Promise<void>;

export interface Outside extends Effects {
  /** Ends the app; set when it runs. */
  quitWith: () => void;
  suspendWith: (by: Suspend) => void;
  redrawWith: () => void;
}

/** The real terminal, files and editor. `keys` is where the editor reads from. */
export function createEffects(env: NodeJS.ProcessEnv, keys: number): Outside {
  let suspend: Suspend = (callback) => callback();
  const effects: Outside = {
    copy: (text) => void process.stdout.write(clipboard(text, env["TMUX"] !== undefined)),
    async edit(path, line) {
      const editor = env["VISUAL"] || env["EDITOR"];
      if (!editor) return "set EDITOR to the editor of your choice";
      if (!existsSync(path)) return `${path} is not there`;
      let problem: string | null = null;
      await suspend(async () => {
        problem = await runEditor(editor, path, line, keys);
      });
      return problem;
    },
    write(name, text) {
      writeFileSync(name, text, { flag: "w" });
      return name;
    },
    mouse: (isOn) => void process.stdout.write(isOn ? MOUSE.on : MOUSE.off),
    redraw: () => effects.redrawWith(),
    quit: () => effects.quitWith(),
    quitWith: () => {},
    redrawWith: () => {},
    suspendWith: (by) => void (suspend = by),
  };
  return effects;
}

/** Buttons and wheel, with places as numbers. */
export const MOUSE = { on: "\u001b[?1000h\u001b[?1006h", off: "\u001b[?1006l\u001b[?1000l" };
const MOST = 100_000;

/** OSC 52. In tmux also wrapped, for the terminal around it. */
export function clipboard(text: string, inTmux: boolean): string {
  const sequence = `\u001b]52;c;${Buffer.from(text.slice(0, MOST)).toString("base64")}\u0007`;
  return inTmux ? `${sequence}\u001bPtmux;\u001b${sequence}\u001b\\` : sequence;
}

function runEditor(editor: string, path: string, line: number | null, keys: number): Promise<string | null> {
  const [command = "", ...args] = editor.split(/\s+/);
  const file = path.startsWith("-") ? `./${path}` : path;
  return new Promise((resolve) => {
    const child = spawn(command, [...args, ...placeArgs(basename(command), file, line)], {
      stdio: [keys, "inherit", "inherit"],
    });
    child.on("error", (error) => resolve(`${command}: ${error.message}`));
    child.on("exit", (code) => resolve(code === 0 ? null : `${command} ended with ${code}`));
  });
}

export function placeArgs(editor: string, file: string, line: number | null): string[] {
  if (line === null) return [file];
  if (/^(?:code|codium|cursor|windsurf)/.test(editor)) return ["--wait", "--goto", `${file}:${line}`];
  if (/^(?:subl|zed|hx|helix)/.test(editor)) return [`${file}:${line}`];
  return [`+${line}`, file];
}
