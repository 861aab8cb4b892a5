import type { App } from "../app.ts";
import type { Incident } from "../../index.ts";
import { placeOf } from "../state.ts";
import { rowOf } from "./go.ts";
import { fixText, incidentMarkdown } from "./markdown.ts";

export const TAKE = {
  copy(app: App) {
    const row = rowOf(app);
    if (row === undefined) return;
    const text =
      placeOf(app.store.state()).screen === "incidents" && row.evidence ? row.evidence.excerpt : row.text.trim();
    copied(app, text, "copied");
  },
  "copy-fix"(app: App) {
    const incident = incidentOf(app);
    if (incident === undefined) say(app, "no incident under the cursor");
    else copied(app, fixText(incident), "copied the fix");
  },
  "copy-markdown"(app: App) {
    const incident = incidentOf(app);
    if (incident === undefined) say(app, "no incident under the cursor");
    else copied(app, incidentMarkdown(incident), "copied the incident as Markdown");
  },
  editor(app: App) {
    const evidence = rowOf(app)?.evidence ?? incidentOf(app)?.evidence.find(({ kind }) => kind === "log");
    if (evidence === undefined || evidence.source === "-" || evidence.source === "otlp")
      return say(app, "there is no file to open here");
    void app.effects.edit(evidence.source, evidence.line).then((problem) => problem !== null && say(app, problem));
  },
  export(app: App) {
    const incident = incidentOf(app);
    try {
      const name =
        incident === undefined
          ? app.effects.write("misfire-report.json", `${JSON.stringify(app.store.snapshot().report, null, 2)}\n`)
          : app.effects.write(`misfire-${incident.id}.md`, incidentMarkdown(incident));
      say(app, `wrote ${name}`);
    } catch (error) {
      say(app, `cannot write: ${(error as Error).message}`);
    }
  },
};

/** The incident under the cursor, or that of the screen. */
function incidentOf(app: App): Incident | undefined {
  const { screen, subject } = placeOf(app.store.state());
  const id = rowOf(app)?.incident ?? (screen === "incident" ? subject : undefined);
  return app.store.snapshot().report.incidents.find((incident) => incident.id === id);
}

function copied(app: App, text: string, message: string): void {
  app.effects.copy(text);
  say(app, message);
}

function say(app: App, message: string): void {
  app.store.set({ ...app.store.state(), message });
}
