import type { ScreenName } from "../screens.ts";
import { call } from "./call.ts";
import { calls } from "./calls.ts";
import { coverage } from "./coverage.ts";
import { help } from "./help.ts";
import { incident } from "./incident.ts";
import { incidents } from "./incidents.ts";
import { logs } from "./logs.ts";
import { run } from "./run.ts";
import { runs } from "./runs.ts";
import type { Screen } from "./screen.ts";
import { stats } from "./stats.ts";

export const SCREENS: Record<ScreenName, Screen> = {
  incidents,
  incident,
  runs,
  run,
  calls,
  call,
  logs,
  stats,
  coverage,
  help,
};
