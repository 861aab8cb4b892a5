import type { App } from "../app.ts";
import type { ActionName } from "../keys.ts";
import { FIND } from "./find.ts";
import { FOLD } from "./fold.ts";
import { GO } from "./go.ts";
import { LIVE } from "./live.ts";
import { MOVE } from "./move.ts";
import { TAKE } from "./take.ts";

/** What each action does. */
export const HANDLERS = { ...MOVE, ...GO, ...FIND, ...TAKE, ...LIVE, ...FOLD } satisfies Record<
  ActionName,
  (app: App) => void
>;
