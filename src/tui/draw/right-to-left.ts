/**
 * Text that runs from right to left must not draw what stands beside it along: it is set apart by isolates (UAX 9), which
 * take no columns. Done to what is written, since ink leaves such characters out of its frames.
 */
export function setApart(frame: string): string {
  return ANY.test(frame) ? frame.replace(RUN, "\u2068$&\u2069") : frame;
}

/** Hebrew, Arabic, Syriac, Thaana, N'Ko and their forms; old scripts, Adlam, Arabic mathematics. */
const LETTER = "[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]";
const ANY = new RegExp(LETTER, "u");
/** From its first letter to its last, with what stands between words. */
const RUN = new RegExp(`${LETTER}+(?:[ .,:;!?()'"0-9-]{1,20}${LETTER}+)*`, "gu");

/** Sets apart what is written to a terminal from now on; gives what ends that. */
export function writeApart(stream: NodeJS.WriteStream): () => void {
  const { write } = stream;
  stream.write = ((chunk: string | Uint8Array, ...rest: []) =>
    write.call(stream, typeof chunk === "string" ? setApart(chunk) : chunk, ...rest)) as typeof write;
  return () => void (stream.write = write);
}
