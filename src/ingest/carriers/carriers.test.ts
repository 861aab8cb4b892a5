import { expect, test } from "vitest";
import { carriers, carrierOf, unpacked } from "./registry.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What a document carries, and in what. */
function of(document: string): [name: string, text: string] | null {
  const carrier = carrierOf(bytes(document));
  const text = carrier === null ? null : unpacked(carrier, bytes(document));
  return text === null ? null : [carrier!.name, new TextDecoder().decode(text)];
}

const NOTEBOOK = {
  cells: [
    { cell_type: "markdown", source: ["TypeError: not printed"] },
    {
      cell_type: "code",
      source: ["raise 'not printed'"],
      outputs: [
        { output_type: "stream", name: "stdout", text: ["calling x\n", "done\n"] },
        { output_type: "error", ename: "KeyError", evalue: "'x'", traceback: ["Traceback", "KeyError: 'x'"] },
      ],
    },
  ],
  nbformat: 4,
};

const JUNIT = `<?xml version="1.0"?>
<testsuite><testcase name="a"><failure message="x">Traceback&#10;KeyError: &quot;ü&quot; &lt;1&gt;</failure>
<system-out><![CDATA[calling <x> & y]]></system-out></testcase><testcase name="b"><error message="a &amp; b"/></testcase></testsuite>`;

test.each<[string, string, string]>([
  [
    "notebook",
    JSON.stringify(NOTEBOOK, null, 1),
    "stream\nstdout\ncalling x\ndone\nerror\nKeyError\n'x'\nTraceback\nKeyError: 'x'",
  ],
  ["texts in JSON", '{"returncode":1,"stdout":"","stderr":"Traceback\\nKeyError: 1"}', "\nTraceback\nKeyError: 1"],

  ["report of tests", JUNIT, 'Traceback\nKeyError: "ü" <1>\ncalling <x> & y\na & b'],
  ["page", "<!DOCTYPE html><p>no</p><pre>a <b>b</b><br>c &#x27;d&#39;</pre>", "a b\nc 'd'"],
  ["numbered lines", "     8\tone\n     9\t  two\n    10\t\n    11\tthree", "one\n  two\n\nthree"],
  ["numbered lines", "a.log:8:one\na.log:9:  two\na.log:12-three", "one\n  two\nthree"],
  ["bytes as Python prints them", "b'it\\'s\\n\\xc3\\xbc\\\\n'", "it's\nü\\n"],
  [
    "table of a log",
    'Date,Host,Message\n2026-11-25T10:00:02Z,a,"two, ""2"""\n2026-11-25T10:00:01Z,a,one\n',
    '{"@timestamp":"2026-11-25T10:00:01Z","@message":"one"}\n{"@timestamp":"2026-11-25T10:00:02Z","@message":"two, \\"2\\""}',
  ],
  [
    "table of a log",
    "timestamp\tmessage\n1\tone\n2\t two",
    '{"@timestamp":"1","@message":"one"}\n{"@timestamp":"2","@message":" two"}',
  ],
])("%s", (name, document, text) => {
  expect(of(document)).toEqual([name, text]);
});

test.each([
  ["lines of a log in JSON", '{"level":30,"msg":"a\\nb"}\n{"level":30,"msg":"c"}\n'],
  ["one line of a log in JSON", '{"level":50,"time":1,"msg":"failed","err":{"stack":"a\\n b"}}'],
  ["a list of a log's records", '[\n{"timestamp":1,"message":"a\\nb"}]'],
  ["JSON without a text of several lines", '{"error":{"code":400,"text":"no"}}'],
  ["broken JSON", '{"stderr":"a\\nb"'],
  ["a page without a log", "<html><p>KeyError</p></html>"],
  ["a table of something else", "id,name,message\n1,a,b"],
  ["counts", "3:a\n2:b\n1:c"],
  ["times", "10:00:00 a\n10:00:01 b\n10:00:01 c"],
  ["a log", "2026-11-25 a\n2026-11-26 b\n2026-11-27 c"],
  ["bytes and more", "b'a' is\nnot c"],
  ["nothing", ""],
])("leaves %s", (_, document) => {
  expect(of(document)).toBeNull();
});

test("any text: no throw, and none takes long", () => {
  for (const { begins, unpack } of carriers)
    for (const text of [
      "",
      "<testsuite>".repeat(50_000),
      "<pre>".repeat(100_000),
      "[".repeat(100_000),
      "1:".repeat(100_000),
    ]) {
      expect(typeof begins(text)).toBe("boolean");
      expect(unpack(text) ?? "").toBeTypeOf("string");
    }
});
