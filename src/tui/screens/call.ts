import { callLines } from "../../reporters/show-call.ts";
import { placeOf } from "../../reporters/text/place.ts";
import { argumentRows } from "../draw/diff.ts";
import { listOf, rowsOfLines, type Row } from "../rows.ts";
import type { Screen } from "./screen.ts";

/** One call: its life, what was sent, what came back, and why it failed. */
export const call: Screen = ({ snapshot, subject, width, paint }) => {
  const known = snapshot.runs().find(({ calls }) => calls.some(({ key }) => key === subject));
  const run = known && snapshot.run(known.id);
  const one = run?.calls.find(({ key }) => key === subject);
  if (run == null || one === undefined)
    return {
      head: [],
      rows: listOf(rowsOfLines([paint.dim(run === null ? "..." : "This call is not kept any more.")], "gone")),
    };
  const [cause] = one.causes;
  const more = { ...(one.evidence && { evidence: one.evidence }), ...(cause && { incident: cause.id }) };
  const links: Row[] = [
    ...one.causes.map((why): Row => ({
      id: `i${why.id}`,
      line: `  ${paint.red("✗")} ${why.classifier}: ${why.title}`.slice(0, width + 20),
      text: why.title,
      open: { screen: "incident", subject: why.id },
      incident: why.id,
      failed: true,
    })),
    {
      id: "run",
      line: `  ${paint.dim("run")} ${run.id}`.slice(0, width),
      text: run.id,
      open: { screen: "run", subject: run.id },
    },
  ];
  const { evidence } = one;
  if (evidence?.line != null && snapshot.lines.find(evidence.source, evidence.line) >= 0)
    links.push({
      id: "log",
      line: `  ${paint.dim("log")} ${placeOf(evidence, { width })}`,
      text: evidence.source,
      open: { screen: "logs", subject: `${evidence.source}:${evidence.line}` },
      evidence,
    });
  const compared = argumentRows(one, width - 2, paint);
  return {
    head: [],
    rows: listOf([
      ...rowsOfLines(callLines(one, width, paint), "c", more),
      ...(compared.length === 0
        ? []
        : rowsOfLines(
            ["", paint.bold("arguments against the schema"), ...compared.map((text) => `  ${text}`)],
            "a",
            more,
          )),
      ...rowsOfLines(["", paint.bold("go to")], "l"),
      ...links,
    ]),
  };
};
