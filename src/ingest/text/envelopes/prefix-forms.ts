import { type Level, readLevel } from "./level.ts";
import type { Prefix } from "./prefix.ts";
import { readTime } from "./time.ts";

/** A prefix that is told by a regex, which matches up to where the text begins. */
export interface PrefixForm {
  /** On the code of the first character. */
  first(code: number): boolean;
  regex: RegExp;
  read(match: RegExpExecArray): PrefixRead | null;
}

interface PrefixRead {
  envelope: string;
  stream: string;
  time?: bigint | null;
  level?: Level;
  partial?: boolean;
  needs?: Prefix["needs"];
}

const digit = (code: number) => code >= 48 && code <= 57;
const upper = (code: number) => code >= 65 && code <= 90;
const word = (code: number) => digit(code) || upper(code) || (code >= 97 && code <= 122);
const bracket = (code: number) => code === 91;
const angle = (code: number) => code === 60;
const TS = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
const MONTH_TIME = String.raw`[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?:\.\d{1,9})?`;
const LEVELS = "(?:TRACE|DEBUG|INFO|NOTICE|SUCCESS|WARN|WARNING|ERROR|CRITICAL|FATAL)";
const regex = (source: string) => new RegExp(`^${source}`);

/** The particular before the general. */
export const FORMS: readonly PrefixForm[] = [
  {
    first: digit,
    regex: regex(String.raw`(${TS}) (stdout|stderr) ([PF])(?::\S{1,40})?(?: |$)`),
    read: ([, time, stream, part]) => ({
      envelope: "cri",
      stream: stream!,
      time: readTime(time),
      partial: part === "P",
    }),
  },
  {
    // GitHub's and Azure's runners write seven digits of the second, which nobody else does.
    first: digit,
    regex: /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z)(?: |$)/,
    read: ([, time]) => ({ envelope: "github-actions", stream: "", time: readTime(time) }),
  },
  {
    // `gh run view --log`: job and step before it.
    first: word,
    regex: /^([^\t]{1,120})\t([^\t]{1,120})\t\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z)(?: |$)/,
    read: ([, job, step, time]) => ({ envelope: "github-actions", stream: `${job}/${step}`, time: readTime(time) }),
  },
  {
    first: digit,
    regex: regex(String.raw`(${TS}) (\d\d[OE])[+ ]`),
    read: ([, time, stream]) => ({ envelope: "gitlab-ci", stream: stream!, time: readTime(time) }),
  },
  {
    // `docker logs -t`, `kubectl logs --timestamps`: always nine digits.
    first: digit,
    regex: /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z)(?: |$)/,
    read: ([, time]) => ({ envelope: "timestamps", stream: "", time: readTime(time) }),
  },
  {
    // `aws logs tail`
    first: digit,
    regex: regex(String.raw`(${TS}) (\d{4}\/\d\d\/\d\d\/\[[^\]\s]{1,40}\][0-9a-f]{32}) `),
    read: ([, time, stream]) => ({ envelope: "cloudwatch", stream: stream!, time: readTime(time) }),
  },
  {
    // logcli
    first: digit,
    regex: regex(String.raw`(${TS}) (\{\w{1,60}="[^}\n]{0,300}\}) `),
    read: ([, time, labels]) => ({ envelope: "loki", stream: labels!, time: readTime(time) }),
  },
  {
    first: digit,
    regex: regex(String.raw`(${TS}) ((?:app|heroku)\[[\w.-]{1,60}\]): `),
    read: ([, time, dyno]) => ({ envelope: "heroku", stream: dyno!, time: readTime(time) }),
  },
  {
    first: digit,
    regex: regex(String.raw`(${TS}) (\w{1,40}\[[0-9a-f]{6,20}\]) [a-z]{3} \[(\w{4,7})\] ?`),
    read: ([, time, machine, level]) => ({
      envelope: "fly",
      stream: machine!,
      time: readTime(time),
      level: readLevel(level),
    }),
  },
  {
    // `journalctl -o short-iso`
    first: digit,
    regex:
      /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?[+-]\d\d:?\d\d) (\S{1,255}) ([^\s:[\]]{1,64}\[\d{1,10}\]): /,
    read: ([, time, host, app]) => ({ envelope: "journald", stream: `${host} ${app}`, time: readTime(time) }),
  },
  {
    first: upper,
    regex: regex(String.raw`${MONTH_TIME} (\S{1,255}) ([^\s:[\]]{1,64}(?:\[\d{1,10}\])?): `),
    read: ([, host, app]) => ({ envelope: "journald", stream: `${host} ${app}` }),
  },
  {
    first: bracket,
    regex: regex(String.raw`\[pod\/([^/\]]{1,253})\/([^\]]{1,253})\] (?:(${TS}) )?`),
    read: ([, pod, container, time]) => ({ envelope: "kubectl", stream: `${pod}/${container}`, time: readTime(time) }),
  },
  {
    // RFC 5424: version, time, host, program, process, message id, structured data.
    first: angle,
    regex:
      /^<(\d{1,3})>1 (\S{1,40}) (\S{1,255}) (\S{1,48}) (\S{1,128}) (\S{1,32}) (?:-|(?:\[(?:[^\]"\\]|"(?:[^"\\]|\\.)*")*\])+)(?: \uFEFF?|$)/,
    read: ([, pri, time, host, app, pid]) => syslog(pri!, `${host} ${app}[${pid}]`, readTime(time)),
  },
  {
    // RFC 3164: neither year nor zone.
    first: angle,
    regex: regex(String.raw`<(\d{1,3})>${MONTH_TIME} (\S{1,255}) ([^\s:[\]]{1,64}(?:\[\d{1,10}\])?): ?`),
    read: ([, pri, host, app]) => syslog(pri!, `${host} ${app}`, null),
  },
  {
    // podman-compose
    first: bracket,
    regex: regex(String.raw`\[(?!${LEVELS}\])([A-Za-z0-9][\w.-]{0,80})\] {0,60}\| `),
    read: ([, name]) => ({ envelope: "compose", stream: name!, needs: "alike" }),
  },
  {
    first: digit,
    regex: /^(\d{1,4}\|[\w.-]{1,60}) +\| /,
    read: ([, app]) => ({ envelope: "pm2", stream: app!, needs: "alike" }),
  },
  {
    first: digit,
    regex: /^\d\d:\d\d:\d\d ([A-Za-z][\w.-]{0,60}) +\| /,
    read: ([, name]) => ({ envelope: "foreman", stream: name!, needs: "alike" }),
  },
  {
    // A level is no service: `INFO     | text` is a logger's own form.
    first: word,
    regex: regex(String.raw`(?!${LEVELS} )(?=[\w.@-]{0,80}[A-Za-z])([A-Za-z0-9][\w.@-]{0,80}) {1,60}\| ?(?:(${TS}) )?`),
    read: ([, name, time]) => ({ envelope: "compose", stream: name!, time: readTime(time), needs: "alike" }),
  },
  {
    // Turborepo: package and task.
    first: (code) => code === 64 || (code >= 97 && code <= 122),
    regex: /^((?:@[\w.-]{1,60}\/)?[a-z][\w.-]{0,60}:[a-z][\w:.-]{0,60}): ?/,
    read: ([, task]) => ({ envelope: "turbo", stream: task!, needs: "alike" }),
  },
  {
    // concurrently and npm-run-all: a number, or the name of a script.
    first: bracket,
    regex: /^\[(\d{1,2}|[A-Za-z@][\w@./-]{0,40}:[A-Za-z][\w:.-]{0,40})\] /,
    read: ([, name]) => ({ envelope: "concurrently", stream: name!, needs: "alike" }),
  },
  {
    // A program's name before every line, as shells and supervisors write it.
    first: bracket,
    regex: regex(String.raw`\[(?!${LEVELS}\])([A-Za-z][\w.@/-]{0,60})\](?: |$)`),
    read: ([, name]) => ({ envelope: "tag", stream: name!, needs: "all" }),
  },
  {
    // CloudWatch, Render, `ts`, ...: a time before every line, whatever is in it.
    first: digit,
    regex: regex(String.raw`(${TS})(?: |\t|$)`),
    read: ([, time]) => ({ envelope: "timestamps", stream: "", time: readTime(time), needs: "around" }),
  },
  {
    first: digit,
    regex: regex(String.raw`(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?)(?: |\t|$)`),
    read: ([, time]) => ({ envelope: "timestamps", stream: "", time: readTime(time), needs: "around" }),
  },
  {
    // Jenkins
    first: bracket,
    regex: regex(String.raw`\[(${TS})\](?: |$)`),
    read: ([, time]) => ({ envelope: "jenkins", stream: "", time: readTime(time), needs: "all" }),
  },
  {
    // TeamCity
    first: bracket,
    regex: /^\[\d\d:\d\d:\d\d\][A-Za-z ]:\t ?(?:\[Step \d{1,3}\/\d{1,3}\] )?/,
    read: () => ({ envelope: "teamcity", stream: "", needs: "alike" }),
  },
  {
    // Jenkins: the time of the day alone.
    first: (code) => digit(code) || bracket(code),
    regex: /^(?:\[\d\d:\d\d:\d\d(?:[.,]\d{1,6})?\]|\d\d:\d\d:\d\d)(?: |$)/,
    read: () => ({ envelope: "clock", stream: "", needs: "around" }),
  },
];

function syslog(pri: string, stream: string, time: bigint | null): PrefixRead {
  return { envelope: "syslog", stream, time, level: readLevel(Number(pri) & 7, "syslog") };
}
