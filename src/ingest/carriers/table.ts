import { csvRows } from "../csv.ts";
import type { Carrier } from "./carrier.ts";

/** A log as its interface exports it: a table (CSV or with tabs) with a time and a message in each row, the newest first or last. */
export const logTable: Carrier = {
  name: "table of a log",
  begins: (head) => columnsOf(head.slice(0, head.indexOf("\n"))) !== null,
  unpack(document) {
    const columns = columnsOf(document.slice(0, document.indexOf("\n")));
    if (columns === null) return null;
    const { time, message, tabs } = columns;
    const rows = (tabs ? document.split("\n").map((line) => line.split("\t")) : csvRows(document)).slice(1);
    const told = rows.filter((row) => row[message] !== undefined && row.length > Math.max(time, message));
    const isBackwards = told.length > 1 && told[0]![time]! > told.at(-1)![time]!;
    return (isBackwards ? told.toReversed() : told)
      .map((row) => JSON.stringify({ "@timestamp": row[time], "@message": row[message] }))
      .join("\n");
  },
};

/** Where time and message stand; null for a table of something else. */
function columnsOf(line: string): { time: number; message: number; tabs: boolean } | null {
  if (line.length > 2000) return null;
  const tabs = line.includes("\t");
  const names = line
    .trim()
    .split(tabs ? "\t" : ",")
    .map((name) =>
      name
        .trim()
        .replace(/^"(.*)"$/, "$1")
        .toLowerCase(),
    );
  const [time, message] = [TIMES, MESSAGES].map((known) => names.findIndex((name) => known.has(name))) as [
    number,
    number,
  ];
  return time < 0 || message < 0 ? null : { time, message, tabs };
}

const TIMES = new Set("timestamp,@timestamp,time,_time,date,datetime,ts,timegenerated,receivetimestamp".split(","));
const MESSAGES = new Set("message,@message,msg,log,line,content,text,textpayload,_raw,log_s,body".split(","));
