import type { Run } from "./call.ts";
import type { FlagName } from "./flags.ts";

export interface Command {
  /** What follows the name in a usage line. */
  usage: string;
  summary: string;
  /** A paragraph or two for its own help page. */
  about: string;
  flags: readonly FlagName[];
  examples: readonly { line: string; says: string }[];
  /** Fixed words that may follow, for completion; `ids` stands for classifier ids, `files` for file names. */
  words: readonly string[];
  load: () => Promise<{ run: Run }>;
}

const REPORT_FLAGS = [
  "only",
  "ignore",
  "fail-on",
  "format",
  "unclassified",
  "context",
  "max-evidence",
  "quiet",
  "verbose",
  "color",
] as const;

/** What a command that watches takes: its report comes at the end, without lines around the evidence. */
const WATCH_FLAGS = [
  "only",
  "ignore",
  "fail-on",
  "format",
  "unclassified",
  "max-evidence",
  "quiet",
  "verbose",
  "color",
  "classifiers",
  "tui",
  "idle",
] as const;
const SERVER_FLAGS = ["host", "token", "tls-cert", "tls-key", "cors-origin", "log-level"] as const;

/** The commands in the order of the help. Without a name it is `diagnose`. */
export const COMMANDS = {
  diagnose: {
    usage: "[FILE|DIR|-]...",
    summary: "Say which tool calls failed, why, and what to change (the default)",
    about:
      "Reads logs, OpenTelemetry traces and chat transcripts: files, directories (recursively) or stdin, plain, gzip or zstd. The format is told by content. All inputs together are one case.\n\nExit codes: 0 no failure, 1 a failure (see --fail-on), 2 wrong usage, 3 an input that cannot be read, 130 interrupted.",
    flags: [
      "interactive",
      "follow",
      "tui",
      "checkpoint",
      "format-in",
      "since",
      "until",
      "separate",
      "classifiers",
      ...REPORT_FLAGS,
    ],
    examples: [
      { line: "misfire app.log", says: "diagnose a log" },
      { line: "misfire app.log traces.jsonl", says: "log and traces of one run" },
      { line: "docker logs agent 2>&1 | misfire", says: "whatever a command prints" },
      { line: "misfire --since 15m --only arguments logs/", says: "just now, one layer" },
      { line: "misfire -f json app.log | jq .incidents[0].fix", says: "for programs" },
      { line: "misfire -i app.log traces.jsonl", says: "look around in a terminal" },
    ],
    words: ["files"],
    load: () => import("./commands/diagnose.ts"),
  },
  exec: {
    usage: "[OPTION]... -- COMMAND [ARGUMENT]...",
    summary: "Run a program as it is, and say why its tool calls failed when it ends",
    about:
      "Passes stdin, stdout, stderr, signals and the exit code through untouched. Meanwhile it reads the output, receives the program's OpenTelemetry data (OTEL_EXPORTER_OTLP_ENDPOINT is set, unless it was) and stands between it and its model (OPENAI_BASE_URL, ANTHROPIC_BASE_URL, GOOGLE_GEMINI_BASE_URL and others are set, chained to what they held). The report is printed on stderr at the end, or written with --report.\n\nThe exit code is that of the command; with --fail-on, 1 instead of 0 when a failure was found. 127: no such command, 126: it cannot be run.",
    flags: [
      "report",
      "fail-on",
      "tap",
      "instrument",
      "pty",
      "mcp",
      "record",
      "log-level",
      ...WATCH_FLAGS.filter((flag) => flag !== "fail-on"),
    ],
    examples: [
      { line: "misfire exec -- python app.py", says: "any program, unchanged" },
      { line: "misfire exec --fail-on error -f json --report report.json -- npm test", says: "in CI" },
      { line: "misfire exec --no-tap -- node app.js", says: "leave its model calls alone" },
      { line: "misfire exec --mcp files -- npx server-filesystem .", says: "between an MCP client and its server" },
    ],
    words: [],
    load: () => import("./commands/exec.ts"),
  },
  listen: {
    usage: "",
    summary: "Receive OpenTelemetry traces and logs, and print findings as they come",
    about:
      "An OTLP receiver on loopback: HTTP (protobuf and JSON; gzip, deflate, zstd) and gRPC. Runs are judged as they go; with `-f ndjson` each finding is a line, revised when later data shows more. Ctrl-C ends it and prints the whole report; the exit code is that of --fail-on.\n\nGET /health and /metrics (Prometheus) on the HTTP port tell how it is.",
    flags: [
      "http-port",
      "grpc-port",
      "report-every",
      "record",
      "forward",
      "forward-headers",
      "queue",
      ...SERVER_FLAGS,
      ...WATCH_FLAGS,
    ],
    examples: [
      { line: "misfire listen", says: "on ports 4317 and 4318" },
      {
        line: "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 python app.py",
        says: "what to start in another terminal",
      },
      { line: "misfire listen --record run.otlp; misfire run.otlp", says: "keep all, and diagnose it again" },
    ],
    words: [],
    load: () => import("./commands/listen.ts"),
  },
  tap: {
    usage: "--to URL",
    summary: "Stand between a program and its model, change nothing, and see every tool call",
    about:
      "A proxy on loopback in front of a model API (OpenAI Chat and Responses, Anthropic, Gemini, Ollama, Azure and what is compatible), or of an MCP server on streamable HTTP. Every body, header, status and stream chunk goes through unchanged and without delay; what the model was offered and asked, what it wrote, and which results came back is judged as it goes. Keys pass through and are never stored.",
    flags: [
      "to",
      "port",
      "host",
      "report-every",
      "record",
      "forward",
      "forward-headers",
      "queue",
      "log-level",
      ...WATCH_FLAGS,
    ],
    examples: [
      {
        line: "misfire tap --to https://api.openai.com/v1",
        says: "then OPENAI_BASE_URL=http://127.0.0.1:4319 python app.py",
      },
      {
        line: "misfire tap --to https://api.anthropic.com --record run.jsonl",
        says: "keep the exchanges, without secrets",
      },
    ],
    words: [],
    load: () => import("./commands/tap.ts"),
  },
  mcp: {
    usage: "",
    summary: "Serve diagnose, explain, show and compare to coding agents (MCP over stdio)",
    about:
      'An MCP server on stdin and stdout. In the configuration of a coding agent: {"mcpServers": {"misfire": {"command": "npx", "args": ["-y", "misfire", "mcp"]}}}. It reads the files that the agent names, and writes none.',
    flags: ["classifiers"],
    examples: [{ line: "claude mcp add misfire -- npx -y misfire mcp", says: "for Claude Code" }],
    words: [],
    load: () => import("./commands/mcp.ts"),
  },
  show: {
    usage: "[RUN|CALL|TRACE] FILE...",
    summary: "Print one run: its spans over time, its calls, and where it broke",
    about:
      "The id is that of a run, trace, conversation, tool call or incident, as the report prints it; its first letters will do where they are one run's. Prints the waterfall of the spans, and for each call its life, the raw arguments against the schema, and what came back. Without an id: the run, or a list of the runs.",
    flags: ["format", "format-in", "classifiers", "color"],
    examples: [
      { line: "misfire show traces.jsonl", says: "which runs are there" },
      { line: "misfire show 4bf92f35 traces.jsonl", says: "one of them" },
      { line: "misfire show call_q8Zt1 app.log traces.jsonl", says: "the run of a call, and that call" },
    ],
    words: ["files"],
    load: () => import("./commands/show.ts"),
  },
  compare: {
    usage: "BEFORE AFTER | --by ATTRIBUTE FILE...",
    summary: "Say which causes are new, gone, more or less frequent",
    about:
      "Compares two inputs (files or directories), or within one the runs that differ in an attribute: `model`, `agent`, `framework`, `tool`, or any attribute of spans and resources. Rates are compared with Fisher's exact test, corrected for the number of causes. Of two inputs the exit code is 1 when a cause is new or more frequent (see --fail-on).",
    flags: ["by", "fail-on", "format", "verbose", "format-in", "classifiers", "color"],
    examples: [
      { line: "misfire compare monday/ tuesday/", says: "what changed" },
      { line: "misfire compare --by gen_ai.request.model traces.jsonl", says: "one model against the other" },
    ],
    words: ["files"],
    load: () => import("./commands/compare.ts"),
  },
  differs: {
    usage: "FILE...",
    summary: "Say what sets failing runs apart from healthy ones",
    about:
      "Tries every attribute of runs and calls that may explain a failure: model, agent, framework, tool, arguments, size of the prompt, runs and calls in flight, and the attributes of spans and resources that have few values. Prints what failing ones have more often (Fisher's exact test, corrected for all that was tried, p < 0.05), and the calls of a failing run beside those of the healthy one most like it.",
    flags: ["only", "format", "format-in", "classifiers", "color"],
    examples: [
      { line: "misfire differs traces/", says: "all failures" },
      { line: "misfire differs --only execution/timeout traces/", says: "of one cause" },
    ],
    words: ["files"],
    load: () => import("./commands/differs.ts"),
  },
  lint: {
    usage: "FILE|TRACE...",
    summary: "Check tool definitions against the rules of the providers",
    about:
      "FILE holds tool definitions as JSON: a list or request of OpenAI, Anthropic, Gemini or Bedrock, tools/list of MCP, tools by name, or a bare JSON Schema. Of a trace, a log or a transcript every definition that was offered in it is checked, each once. An error is what the provider refuses with HTTP 400, a warning what it takes and the model may misread. Whose rules count is told by the model or the form of the definitions; where neither says it, only what everyone refuses is an error.\n\nExit codes: 0 nothing wrong, 1 an error (see --fail-on), 2 wrong usage, 3 an input that cannot be read.",
    flags: ["provider", "fail-on", "format", "quiet", "color"],
    examples: [
      { line: "misfire lint tools.json", says: "definitions in a file" },
      { line: "misfire lint --provider gemini tools.json", says: "will Gemini take them, too?" },
      { line: "misfire lint --fail-on warning traces.jsonl", says: "all that was offered in a trace" },
    ],
    words: ["files"],
    load: () => import("./commands/lint.ts"),
  },
  explain: {
    usage: "ID",
    summary: "Print a cause, its fix, and what it looks like in logs",
    about:
      "ID is a classifier id as the report prints it, such as arguments/unexpected-argument. The last part alone will do where it is unique.",
    flags: ["classifiers", "color"],
    examples: [{ line: "misfire explain arguments/unexpected-argument", says: "all about one cause" }],
    words: ["ids"],
    load: () => import("./commands/explain.ts"),
  },
  classifiers: {
    usage: "list | show ID | test [DIR] | lint [DIR] | new",
    summary: "List, show, test, check and draft classifiers",
    about:
      "list prints all ids with their titles. show is the same as `misfire explain`. test runs the examples of the classifiers of DIR (or of all) and prints what differs. lint checks their form, literals and patterns. new drafts a classifier from a message.",
    flags: ["layer", "json", "from", "classifiers", "color"],
    examples: [
      { line: "misfire classifiers list --layer arguments", says: "the causes of one layer" },
      { line: "misfire classifiers test .misfire/classifiers", says: "run the examples of your own" },
      { line: "misfire classifiers new --from 'Order 42 is locked by agent 7'", says: "draft one" },
    ],
    words: ["list", "show", "test", "lint", "new"],
    load: () => import("./commands/classifiers.ts"),
  },
  demo: {
    usage: "[STORY]",
    summary: "Diagnose a recorded run that is part of the package",
    about: "Without STORY the first sample is diagnosed, and the others are named below it. Always exits with 0.",
    flags: REPORT_FLAGS,
    examples: [{ line: "misfire demo", says: "see what a report looks like" }],
    words: [],
    load: () => import("./commands/demo.ts"),
  },
  completion: {
    usage: "bash|zsh|fish",
    summary: "Print the completion script of a shell",
    about: "Put the output where your shell looks for completions, or evaluate it in its start-up file.",
    flags: [],
    examples: [
      { line: 'eval "$(misfire completion bash)"', says: "in ~/.bashrc" },
      { line: "misfire completion zsh > ~/.zfunc/_misfire", says: "in a directory of $fpath" },
      { line: "misfire completion fish > ~/.config/fish/completions/misfire.fish", says: "for fish" },
    ],
    words: ["bash", "zsh", "fish"],
    load: () => import("./commands/completion.ts"),
  },
  help: {
    usage: "[COMMAND | --FLAG]",
    summary: "Say more about a command or a flag",
    about: "Without an argument the same as `misfire --help`.",
    flags: [],
    examples: [{ line: "misfire help --since", says: "which times it takes" }],
    words: [
      "diagnose",
      "exec",
      "listen",
      "tap",
      "mcp",
      "show",
      "compare",
      "differs",
      "lint",
      "explain",
      "classifiers",
      "demo",
      "completion",
    ],
    // main.ts answers before flags are read, so that `misfire help --since` needs no value.
    load: () => Promise.reject(new Error("help is no command to load")),
  },
} as const satisfies Record<string, Command>;

export type CommandName = keyof typeof COMMANDS;

export const COMMAND_NAMES = Object.keys(COMMANDS) as CommandName[];

export function commandOf(name: CommandName): Command {
  return COMMANDS[name];
}

export function isCommand(word: string | undefined): word is CommandName {
  return word !== undefined && (COMMAND_NAMES as string[]).includes(word);
}
