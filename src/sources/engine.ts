import type { Gunzip, ZstdDecompress } from "node:zlib";
import type { Blocks } from "./receiver.ts";

/** A decompressor that is fed block by block and gives all output of a block before it takes the next. */
export class Engine {
  #ended = false;
  #writing = false;
  #failed: Error | null = null;
  #wake: (() => void) | null = null;
  readonly #stream: Gunzip | ZstdDecompress;

  constructor(stream: Gunzip | ZstdDecompress) {
    this.#stream = stream;
    stream.on("readable", () => this.#wake?.());
    stream.on("end", () => {
      this.#ended = true;
      this.#wake?.();
    });
    stream.on("error", (error) => {
      this.#failed = error;
      this.#wake?.();
    });
  }

  /** Compressed bytes used up. */
  get consumed(): number {
    return this.#stream.bytesWritten;
  }

  /** What the block decompresses to; null ends the archive, and throws when it ends too early. */
  async *take(block: Uint8Array | null): Blocks {
    this.#writing = true;
    if (block) {
      this.#stream.write(block, () => {
        this.#writing = false;
        this.#wake?.();
      });
    } else this.#stream.end();
    for (;;) {
      const chunk = this.#stream.read() as Buffer | null;
      if (chunk) yield chunk;
      else if (this.#failed) throw this.#failed;
      else if (this.#ended || !this.#writing) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  close(): void {
    this.#stream.destroy();
  }
}
