import type { Incident, Report } from "../index.ts";

/** What a look at the data changed: an incident is new, or later evidence made it another. */
export type Change =
  | { type: "finding"; incident: Incident }
  | { type: "revised"; incident: Incident; now: string[] }
  /** Later evidence showed that it is part of another incident, or that nothing failed. */
  | { type: "withdrawn"; id: string };

/** Compares each report with the one before. */
export interface Changes {
  of(report: Report): Change[];
  /** Incidents that are told although no report has them yet (the last lines of a quiet log). */
  early(incidents: readonly Incident[]): Change[];
}

export function createChanges(): Changes {
  /** By incident id: what was told of it last, and whether a report has had it. */
  const told = new Map<string, Told>();

  function one(incident: Incident): Change | null {
    const before = told.get(incident.id);
    told.delete(incident.id);
    told.set(incident.id, { state: stateOf(incident), reported: true });
    if (told.size > MOST) told.delete(told.keys().next().value!);
    if (before === undefined) return { type: "finding", incident };
    const now = stateOf(incident).filter((part) => !before.state.includes(part));
    return now.length === 0 ? null : { type: "revised", incident, now };
  }

  return {
    of(report) {
      const changes = report.incidents.flatMap((incident) => one(incident) ?? []);
      const there = new Set(report.incidents.map(({ id }) => id));
      const gone = [...told].filter(([id, { reported }]) => reported && !there.has(id)).map(([id]) => id);
      for (const id of gone) told.delete(id);
      return [...changes, ...gone.map((id): Change => ({ type: "withdrawn", id }))];
    },
    early(incidents) {
      const fresh = incidents.filter(({ id }) => !told.has(id));
      for (const incident of fresh) told.set(incident.id, { state: stateOf(incident), reported: false });
      return fresh.map((incident) => ({ type: "finding", incident }));
    },
  };
}

interface Told {
  state: string[];
  reported: boolean;
}

const MOST = 5_000;

function stateOf({ count, modifiers, causedBy, severity }: Incident): string[] {
  return [`${count}×`, severity, ...modifiers, causedBy === null ? "stands alone" : `caused by ${causedBy}`];
}
