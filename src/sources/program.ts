/**
 * Is this file, met inside a directory, a program's source or what is built from one? Its string literals are the words of
 * failures that did not happen, and its content alone does not tell it from a log that quotes code. A file that is named
 * by itself is read whatever its name.
 */
export function isProgram(path: string): boolean {
  return SUFFIXES.has(/\.([a-z+]{1,10})$/i.exec(path)?.[1]?.toLowerCase() ?? "");
}

/** Suffixes that nobody gives to a log, a trace or a transcript. Not those of notebooks and Markdown, which hold runs. */
const SUFFIXES = new Set(
  [
    "js mjs cjs jsx ts mts cts tsx map vue svelte css scss less",
    "py pyi pyx rb php pl pm lua r jl sh bash zsh fish",
    "go rs c h cc cpp cxx hpp cs java kt kts scala groovy swift dart ex exs erl hs clj zig",
  ].flatMap((line) => line.split(" ")),
);
