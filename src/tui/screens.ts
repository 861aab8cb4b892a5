/** The screens by name; those with a number stand in the tab line in this order. */
export const TABS = ["incidents", "runs", "calls", "logs", "stats", "coverage"] as const;
export type ScreenName = (typeof TABS)[number] | "incident" | "run" | "call" | "help";

export const TITLES: Record<ScreenName, string> = {
  incidents: "Incidents",
  runs: "Runs",
  calls: "Calls",
  logs: "Logs",
  stats: "Stats",
  coverage: "Coverage",
  incident: "Incident",
  run: "Run",
  call: "Call",
  help: "Help",
};

/** Under which tab a screen lies. */
export function tabOf(screen: ScreenName): ScreenName {
  return ({ incident: "incidents", run: "runs", call: "calls" }[screen as string] as ScreenName | undefined) ?? screen;
}
