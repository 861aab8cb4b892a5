/** What a container runtime, a service manager or a CI runner puts before every physical line of a process. */
export interface Prefix {
  /** "cri", "kubectl", "compose", "journald", "syslog", "github-actions". */
  envelope: string;
  /** Key of the process: lines with the same key belong together. */
  stream: string;
  /** The rest of the line. */
  text: string;
  /** Nanoseconds since the epoch. */
  time: bigint | null;
  /** The line was cut by the runtime: the next one of the stream goes on without a line break. */
  partial: boolean;
  /** The form is met elsewhere too: believe it only where at least 3 lines have it at the same column. */
  needsConfirmation: boolean;
}

/** The prefix of one physical line (ANSI stripped), or null. */
export function peelPrefix(line: string): Prefix | null {
  const kubectl = /^\[pod\/([^/\]]+)\/([^\]]+)\] (.*)$/.exec(line);
  if (kubectl === null) return null;
  const stream = `${kubectl[1]}/${kubectl[2]}`;
  return { envelope: "kubectl", stream, text: kubectl[3]!, time: null, partial: false, needsConfirmation: false };
}
