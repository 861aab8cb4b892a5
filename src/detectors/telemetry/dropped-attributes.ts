import type { Detector } from "../../records/detector.ts";
import { noTraces, recordLost, several, tracedRuns } from "./record-lost.ts";

/** Attributes, events and links that the SDK counted and left out, at its limits: what they said is not in the trace. */
export const droppedAttributes: Detector = {
  name: "dropped-attributes",
  reports: ["telemetry/record-lost"],
  skip: noTraces,
  detect: (the) =>
    tracedRuns(the).flatMap(({ run, spans }) =>
      recordLost(
        "dropped-attributes",
        run,
        spans.filter(({ dropped }) => dropped > 0),
        (own) => {
          const count = own.reduce((sum, { dropped }) => sum + dropped, 0);
          return {
            kind: "attributes dropped",
            said: `${several(count, "attribute, event or link", "attributes, events and links")} of ${several(own.length, "span")} ${count === 1 ? "was" : "were"} dropped at the SDK's limits`,
            count,
          };
        },
      ),
    ),
};
