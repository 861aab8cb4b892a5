import { describe, expect, it } from "vitest";
import { FLAG_NAMES, specOf, variableOf } from "../../src/cli/flags.ts";
import { COMMAND_NAMES, commandOf } from "../../src/cli/commands.ts";
import { parse } from "../../src/cli/parse.ts";
import { nearest } from "../../src/cli/suggest.ts";
import { timeOf } from "../../src/cli/time.ts";

describe("parse", () => {
  it("takes flags in every form and place", () => {
    const { words, values } = parse(
      [
        "a.log",
        "--format=json",
        "-C",
        "3",
        "-qv",
        "--only",
        "schema,arguments/empty",
        "--only=flow",
        "-",
        "--no-color",
        "--",
        "--odd.log",
      ],
      {},
    );
    expect(words).toEqual(["a.log", "-", "--odd.log"]);
    expect(values).toMatchObject({
      format: "json",
      context: 3,
      quiet: true,
      verbose: true,
      only: ["schema", "arguments/empty", "flow"],
      color: "never",
    });
    expect(parse(["-fjson"], {}).values.format).toBe("json");
    expect(parse(["--no-quiet"], { MISFIRE_QUIET: "1" }).values.quiet).toBe(false);
  });

  it("leaves to the command of exec what follows its name", () => {
    const wanted = ["exec", "python3", "-c", "print(1)", "--", "-q"];
    expect(parse(["exec", "-q", "python3", "-c", "print(1)", "--", "-q"], {}).words).toEqual(wanted);
    expect(parse(["exec", "-q", "--", "python3", "-c", "print(1)", "--", "-q"], {}).words).toEqual(wanted);
  });

  it("takes what is not given from the environment, else the default", () => {
    expect(parse([], {}).values).toMatchObject({
      format: "text",
      "fail-on": "error",
      "max-evidence": 5,
      since: null,
      quiet: false,
      only: [],
    });
    const env = {
      MISFIRE_FORMAT: "json",
      MISFIRE_MAX_EVIDENCE: "2",
      MISFIRE_QUIET: "yes",
      MISFIRE_ONLY: "schema,flow",
      MISFIRE_SINCE: "15m",
    };
    expect(parse([], env).values).toMatchObject({
      format: "json",
      "max-evidence": 2,
      quiet: true,
      only: ["schema", "flow"],
      since: "15m",
    });
    expect(parse(["-f", "text", "--only", "model"], env).values).toMatchObject({ format: "text", only: ["model"] });
  });

  it.each([
    [["--fromat", "json"], "unknown option --fromat; did you mean --format?"],
    [["--format", "jso"], '--format: "jso" is not one of text, json, ndjson; did you mean json?'],
    [["--format"], "--format needs a value: --format text|json|ndjson"],
    [["--since", "--quiet"], "--since needs a value: --since TIME"],
    [["--context", "-1"], '--context: "-1" is not a whole number'],
    [["-x"], "unknown option -x"],
    [["-quiet"], "unknown option -e"],
    [["--no-since"], "--no-since is not an option: --since takes a value"],
    [["--__proto__"], "unknown option --__proto__"],
    [["--constructor=1"], "unknown option --constructor"],
  ])("refuses %j", (argv, message) => {
    expect(() => parse(argv, {})).toThrow(message);
  });

  it("names the variable when the environment is wrong", () => {
    expect(() => parse([], { MISFIRE_FORMAT: "xml" })).toThrow('MISFIRE_FORMAT: "xml" is not one of');
  });
});

describe("the flag table", () => {
  it("has one letter, one variable and one command at least for each flag", () => {
    const letters = FLAG_NAMES.map((name) => specOf(name).short).filter((letter) => letter !== undefined);
    expect(new Set(letters).size).toBe(letters.length);
    const variables = FLAG_NAMES.map(variableOf).filter((variable) => variable !== null);
    expect(new Set(variables).size).toBe(variables.length);
    expect(variableOf("max-evidence")).toBe("MISFIRE_MAX_EVIDENCE");
    for (const name of FLAG_NAMES) {
      const used = COMMAND_NAMES.some((command) => commandOf(command).flags.includes(name));
      expect(used || specOf(name).group === "Other", name).toBe(true);
      expect(specOf(name).doc.length, name).toBeLessThan(90);
    }
  });
});

describe("timeOf", () => {
  const now = new Date("2026-01-31T12:00:00.000Z");
  const iso = (text: string): string => new Date(Number(timeOf(text, "since", now) / 1_000_000n)).toISOString();

  it.each([
    ["15m", "2026-01-31T11:45:00.000Z"],
    ["-15m", "2026-01-31T11:45:00.000Z"],
    ["1h30m", "2026-01-31T10:30:00.000Z"],
    ["2d", "2026-01-29T12:00:00.000Z"],
    ["500ms", "2026-01-31T11:59:59.500Z"],
    ["now", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T09:30Z", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31 09:30:15+0200", "2026-01-31T07:30:15.000Z"],
    ["1769860800", "2026-01-31T12:00:00.000Z"],
    ["1769860800000", "2026-01-31T12:00:00.000Z"],
  ])("reads %s", (text, expected) => expect(iso(text)).toBe(expected));

  it("takes times without a zone as local", () => {
    expect(iso("09:30")).toBe(new Date(2026, 0, 31, 9, 30).toISOString());
    expect(iso("2026-01-30")).toBe(new Date(2026, 0, 30).toISOString());
    expect(iso("2026-01-30T08:00")).toBe(new Date(2026, 0, 30, 8).toISOString());
  });

  it.each(["yesterda", "25:00", "15", "2026-13-45", "m", "", "1e3m"])("refuses %j", (text) =>
    expect(() => timeOf(text, "since", now)).toThrow("is no time"),
  );
});

describe("nearest", () => {
  it("finds slips of the finger and nothing else", () => {
    expect(nearest("fromat", ["format", "context"])).toBe("format");
    expect(nearest("clasifiers", ["classifiers", "context"])).toBe("classifiers");
    expect(nearest("zzz", ["format", "context"])).toBeNull();
  });
});
