import { createLineHold } from "../../live/lines.ts";
import type { Stream } from "../../sources/child/child.ts";
import type { Watch } from "./watch.ts";

/** Where the streams of a command go. */
export interface Output {
  seen: (stream: Stream, block: Uint8Array) => void;
  end(): void;
}

/** stdout and stderr as one log, line by line in the order of their coming, as a terminal shows them. */
export function readOutput(watch: Watch): Output {
  return joined(watch, "output", ["stdout", "stderr"]);
}

/** stdin and stdout of an MCP server as one log of its messages, stderr as that of the server. */
export function readMcp(watch: Watch, name: string): Output {
  const messages = joined(watch, `mcp:${name}`, ["stdin", "stdout"]);
  const own = joined(watch, name, ["stderr"]);
  return {
    seen: (stream, block) => (stream === "stderr" ? own : messages).seen(stream, block),
    end() {
      messages.end();
      own.end();
    },
  };
}

function joined(watch: Watch, name: string, streams: readonly Stream[]): Output {
  const source = watch.live.source(name, "text");
  const holds = new Map(streams.map((stream) => [stream, createLineHold()]));
  return {
    seen(stream, block) {
      const whole = holds.get(stream)?.take(block) ?? null;
      if (whole === null) return;
      source.push(whole);
      watch.touch();
    },
    end() {
      for (const hold of holds.values()) {
        const rest = hold.rest();
        if (rest === null) continue;
        source.push(rest);
        source.push(NEWLINE);
      }
    },
  };
}

const NEWLINE = new Uint8Array([10]);
