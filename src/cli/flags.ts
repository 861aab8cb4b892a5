/**
 * Every flag of the command line, in the order of the help. Parsing, `--help`, completion, docs/cli.md and the
 * environment variables all come from here.
 */
export const FLAGS = {
  "format-in": {
    kind: "text",
    value: "NAME",
    group: "Input",
    doc: "Read the input as this format instead of telling it by content",
    long: "misfire tells the format of each input by its content. Where it is wrong, name the format: `text` for any log, or a name that `misfire --verbose` prints.",
  },
  since: {
    kind: "text",
    value: "TIME",
    group: "Input",
    doc: "Leave out what happened before TIME: 15m, 2h, 09:30, 2026-01-31T09:30Z",
    long: "A duration back from now (`90s`, `15m`, `2h`, `3d`, `1w`, also `1h30m`), a time of today (`09:30`), a date or date and time (local unless it names a zone), or `now`, `today`, `yesterday`. Records without a time are kept.",
  },
  until: {
    kind: "text",
    value: "TIME",
    group: "Input",
    doc: "Leave out what happened after TIME (written like --since)",
    long: "Written like `--since`. Records without a time are kept.",
  },
  separate: {
    kind: "switch",
    group: "Input",
    doc: "Diagnose each file on its own instead of all as one case",
    long: "Several inputs are one case: the same failure seen in a log and in a trace is one incident. With `--separate` each file keeps to itself and has its own report, one after the other.",
  },
  classifiers: {
    kind: "list",
    value: "DIR",
    group: "Input",
    doc: "Add the classifiers of this directory (repeatable)",
    long: "A directory of classifier files, as `classifiers/` in the package. Files with `extends` add to a built-in classifier or silence it. `.misfire/classifiers/` in the current directory is read without being asked for.",
  },
  follow: {
    kind: "switch",
    short: "F",
    group: "Input",
    doc: "Read on as the files grow (or stdin), and print findings as they come",
    long: "Follows files through rotation and truncation, several at once, and stdin that never ends. Findings are printed as they come (`text` or `ndjson`), the whole report at Ctrl-C or the end of stdin. Not for archives and directories.",
  },
  interactive: {
    kind: "switch",
    short: "i",
    group: "Input",
    doc: "Look around in the terminal app",
    long: "Opens the terminal app on the inputs while they are read: incidents, runs, calls, logs, statistics and coverage, with the keys of less. See docs/tui.md.",
  },
  tui: {
    kind: "switch",
    default: "true",
    group: "Live",
    doc: "Show in the terminal app what comes (--no-tui: print it)",
    long: "On a terminal `listen`, `tap` and `--follow` open the terminal app by themselves, unless the format is another than `text`. `exec` does so when it is asked to with `--tui`: the output of its command is then under Logs.",
  },
  checkpoint: {
    kind: "text",
    value: "FILE",
    group: "Input",
    doc: "With --follow: remember in FILE how far was read, and go on from there",
    long: "Positions of the followed files, saved every second and at the end. The next start goes on behind the last whole line, also when the file was renamed meanwhile.",
  },
  by: {
    kind: "text",
    value: "ATTRIBUTE",
    group: "Report",
    doc: "Compare the runs that differ in this attribute",
    long: "An attribute of spans or resources, such as `gen_ai.request.model` or `service.version`, or `model`, `agent`, `framework`, `tool`. Two values are compared with each other, more (up to twelve) each with all others.",
  },
  only: {
    kind: "list",
    value: "ID|LAYER",
    group: "Report",
    doc: "Show these causes or layers alone (repeatable, or with commas)",
    long: "A classifier id (`arguments/unexpected-argument`) or a layer (`arguments`). Cause and consequence are worked out before, so that what is shown means the same.",
  },
  ignore: {
    kind: "list",
    value: "ID|LAYER",
    group: "Report",
    doc: "Leave these causes or layers out (repeatable, or with commas)",
    long: "The opposite of `--only`. What is ignored does not count for the exit code.",
  },
  provider: {
    kind: "choice",
    choices: ["auto", "openai", "anthropic", "gemini", "bedrock", "mcp", "all"],
    default: "auto",
    group: "Input",
    doc: "Whose rules tool definitions are checked by",
    long: "`auto` goes by the model that was asked and by the form of the definitions. With a name the definitions are taken as sent to that provider as they stand. `all` says who refuses what.",
  },
  "fail-on": {
    kind: "choice",
    choices: ["error", "warning", "info", "never"],
    default: "error",
    group: "Report",
    doc: "Exit with 1 when a failure is at least this severe",
    long: "The exit code is 1 when an incident of this severity or worse stands. Recovered failures and consequences of another failure do not count. `never` exits with 0 whatever was found.",
  },
  format: {
    kind: "choice",
    choices: ["text", "json", "ndjson"],
    short: "f",
    default: "text",
    group: "Report",
    doc: "How to print the report",
    long: "`text` for people. `json`: one object of the schema `misfire.report/1`, whatever the exit code. `ndjson`: one object a line, findings first, the whole report last.",
  },
  unclassified: {
    kind: "switch",
    short: "u",
    group: "Report",
    doc: "Also show what looks like a failure and matches no cause",
    long: "Messages that look like failures and match no classifier, grouped by template, with their places. `misfire classifiers new --from 'TEXT'` makes a classifier of one.",
  },
  context: {
    kind: "number",
    short: "C",
    value: "N",
    default: "0",
    group: "Report",
    doc: "Show N lines of the log around each piece of evidence",
    long: "Lines before and after the best evidence of each incident, read again from the file. Not for stdin and archives, which cannot be read twice.",
  },
  "max-evidence": {
    kind: "number",
    value: "N",
    default: "5",
    group: "Report",
    doc: "Keep at most N pieces of evidence per incident",
    long: "How many places are kept as evidence of each incident, best first. All are counted.",
  },
  quiet: {
    kind: "switch",
    short: "q",
    group: "Report",
    doc: "Print one line per root cause and nothing else",
    long: "One line per root cause; no evidence, no fix, no totals, no progress, no remarks. Other formats are printed as ever.",
  },
  verbose: {
    kind: "switch",
    short: "v",
    group: "Report",
    doc: "Also say which format, dialect and detectors ran, and why others did not",
    long: "Adds what each input was taken for and why, the dialects that understood something, the detectors that could not run with what they lacked, and what was skipped or dropped.",
  },
  color: {
    kind: "choice",
    choices: ["auto", "always", "never"],
    default: "auto",
    group: "Report",
    doc: "Colours in the text report",
    long: "`auto`: on a terminal, unless NO_COLOR is set or TERM is `dumb`; FORCE_COLOR turns them on. `--no-color` is `--color never`.",
  },
  host: {
    kind: "text",
    value: "ADDRESS",
    default: "127.0.0.1",
    group: "Live",
    doc: "Listen on this address; beyond loopback only with TLS and --token",
    long: "The address that servers listen on. Anything but loopback is refused without `--tls-cert`, `--tls-key` and `--token`.",
  },
  "http-port": {
    kind: "number",
    value: "N",
    default: "4318",
    group: "Live",
    doc: "Port for OTLP over HTTP; 0 takes a free one",
    long: "The port of OTLP/HTTP (protobuf and JSON), of `/health` and `/metrics`. The ports in use are printed on stderr.",
  },
  "grpc-port": {
    kind: "number",
    value: "N",
    default: "4317",
    group: "Live",
    doc: "Port for OTLP over gRPC; 0 takes a free one",
    long: "The port of OTLP/gRPC.",
  },
  report: {
    kind: "text",
    value: "FILE",
    group: "Live",
    doc: "Write the report to FILE instead of stderr",
    long: "The report of `exec`, in the form that `--format` says.",
  },
  tap: {
    kind: "switch",
    default: "true",
    group: "Live",
    doc: "Stand between the program and its model (--no-tap: leave it alone)",
    long: "Whether `exec` sets OPENAI_BASE_URL and its kin to a proxy that changes nothing and sees every tool call.",
  },
  instrument: {
    kind: "switch",
    default: "true",
    group: "Live",
    doc: "Load misfire/register into a Node program (--no-instrument: do not)",
    long: "`exec -- node app.js` traces the model calls and tools of the program, as `node --import misfire/register app.js` does: by NODE_OPTIONS, when the command is a Node of 22.15 or newer.",
  },
  pty: {
    kind: "switch",
    group: "Live",
    doc: "Give the command a terminal of its own instead of pipes",
    long: "For programs that draw, ask, or print less when their output is no terminal. It has the size of yours; what it prints on stdout and stderr comes on stdout. Needs the package `@lydell/node-pty`, installed beside misfire.",
  },
  mcp: {
    kind: "text",
    value: "NAME",
    group: "Live",
    doc: "The command is an MCP server on stdio: watch its messages under this name",
    long: "For the configuration of an MCP client, in front of the server's command: `misfire exec --mcp files -- npx server-filesystem .` passes every byte on and prints the report on stderr when the server ends (or writes it, with `--report`).",
  },
  to: {
    kind: "text",
    value: "URL",
    group: "Live",
    doc: "The model API that the tap stands for, such as https://api.openai.com/v1",
    long: "The base URL that your client would use without the tap. The path of each request is put behind it.",
  },
  port: {
    kind: "number",
    value: "N",
    default: "4319",
    group: "Live",
    doc: "Port of the tap; 0 takes a free one",
    long: "The port on which the tap listens.",
  },
  idle: {
    kind: "number",
    value: "SECONDS",
    default: "30",
    group: "Live",
    doc: "A run is over when nothing came for so long",
    long: "What only absence shows (a call that is never answered) is judged when its run is over: after so many seconds without news of it, or at the end.",
  },
  "report-every": {
    kind: "number",
    value: "SECONDS",
    default: "0",
    group: "Live",
    doc: "Also print the whole report every so many seconds (0: at the end alone)",
    long: "For input without end: `listen`, `tap` and `--follow` print the report of all so far at this interval, in the form that `--format` says.",
  },
  record: {
    kind: "text",
    value: "FILE",
    group: "Live",
    doc: "Keep what comes in FILE, in a form that misfire reads again",
    long: "`listen` appends each export request behind its length, as the Collector's file exporter does with `format: proto` (JSON as a zstd frame): nothing is redacted. A request is answered when it is written. A file that a killed process left is continued. `tap` and `exec` write one exchange with the model a line (JSON), without keys and other secrets.",
  },
  forward: {
    kind: "text",
    value: "URL",
    group: "Live",
    doc: "Pass everything on to this OTLP receiver: http://HOST:4318 or grpc://HOST:4317",
    long: "Every request goes on as it came, to OTLP/HTTP (`http://`, `https://`) or OTLP/gRPC (`grpc://`, `grpcs://`; protobuf alone), by way of a queue on disk (`--queue`): sent again while the other side is away, in order, and after a restart. When the queue is full (512 MB) senders are told to come again. `tap` sends spans of the exchanges with the model, over HTTP.",
  },
  "forward-headers": {
    kind: "list",
    value: "NAME=VALUE",
    group: "Live",
    doc: "Headers for --forward, such as an API key (better: MISFIRE_FORWARD_HEADERS)",
    long: "Written as OTEL_EXPORTER_OTLP_HEADERS: `name=value,name=value`, values percent-encoded.",
  },
  queue: {
    kind: "text",
    value: "DIR",
    default: ".misfire/queue",
    group: "Live",
    doc: "Where --forward keeps what waits",
    long: "A folder for one process at a time. What was acknowledged and not passed on yet is there after a crash, too.",
  },
  token: {
    kind: "text",
    value: "TOKEN",
    group: "Live",
    doc: "Senders must give this bearer token (better: MISFIRE_TOKEN)",
    long: "Requests must have `Authorization: Bearer TOKEN`. Others can see the command line: set MISFIRE_TOKEN instead.",
  },
  "tls-cert": {
    kind: "text",
    value: "FILE",
    group: "Live",
    doc: "Certificate (PEM) of the servers",
    long: "With `--tls-key`: HTTP and gRPC are served over TLS.",
  },
  "tls-key": {
    kind: "text",
    value: "FILE",
    group: "Live",
    doc: "Private key (PEM) of the servers",
    long: "The key that belongs to `--tls-cert`.",
  },
  "cors-origin": {
    kind: "list",
    value: "ORIGIN",
    group: "Live",
    doc: "Let pages of this origin send (repeatable; * for all)",
    long: "Browsers ask before they send OTLP to another origin. Without this flag they are not let in.",
  },
  "log-level": {
    kind: "choice",
    choices: ["silent", "warn", "info", "debug"],
    default: "warn",
    group: "Live",
    doc: "How much the servers log (JSON lines on stderr)",
    long: "Refused requests, failed writes and the like, as JSON lines on stderr.",
  },
  layer: {
    kind: "text",
    value: "LAYER",
    group: "Classifiers",
    doc: "Only the classifiers of this layer",
    long: "One of the layers of a tool call's life, such as `arguments`.",
  },
  json: {
    kind: "switch",
    group: "Classifiers",
    doc: "Print JSON instead of a table",
    long: "The classifiers as the package holds them, for other programs.",
  },
  from: {
    kind: "text",
    value: "TEXT",
    group: "Classifiers",
    doc: "The message to draft a classifier from",
    long: "The text of a failure that no classifier knows, as the log has it. The draft gets a pattern with the changing parts captured, the literal it needs, and the text as its first example.",
  },
  help: {
    kind: "switch",
    short: "h",
    group: "Other",
    doc: "Show this help; `misfire help COMMAND` and `misfire help --FLAG` say more",
    long: "The help of misfire or of a command.",
  },
  version: {
    kind: "switch",
    short: "V",
    group: "Other",
    doc: "Print the version",
    long: "The version of misfire.",
  },
} as const satisfies Record<string, FlagSpec>;

export interface FlagSpec {
  kind: "switch" | "choice" | "number" | "text" | "list";
  group: (typeof GROUPS)[number];
  /** One line for the help. */
  doc: string;
  /** The whole story, for `misfire help --flag` and docs/cli.md. */
  long: string;
  short?: string;
  /** How the help calls the value. */
  value?: string;
  choices?: readonly string[];
  default?: string;
}

export const GROUPS = ["Input", "Report", "Live", "Classifiers", "Other"] as const;

export type FlagName = keyof typeof FLAGS;

/** What parsing gives for each flag: a default where the table has one, else null, false or an empty list. */
export type Values = { [Name in FlagName]: ValueOf<(typeof FLAGS)[Name]> };

type ValueOf<Spec extends FlagSpec> = Spec["kind"] extends "switch"
  ? boolean
  : Spec["kind"] extends "list"
    ? string[]
    : Spec["kind"] extends "number"
      ? number
      : Spec extends { choices: readonly (infer Choice)[] }
        ? Choice
        : string | null;

export const FLAG_NAMES = Object.keys(FLAGS) as FlagName[];

export function specOf(name: FlagName): FlagSpec {
  return FLAGS[name];
}

/** `--max-evidence` is MISFIRE_MAX_EVIDENCE. Help and version have none. */
export function variableOf(name: FlagName): string | null {
  return specOf(name).group === "Other" ? null : `MISFIRE_${name.replaceAll("-", "_").toUpperCase()}`;
}

/** `--since TIME`, `--format text|json|ndjson`, `--quiet`. */
export function usageOf(name: FlagName): string {
  const { value, choices } = specOf(name);
  const shown = value ?? choices?.join("|");
  return shown ? `--${name} ${shown}` : `--${name}`;
}
