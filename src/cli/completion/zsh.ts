import { commandOf } from "../commands.ts";
import { specOf, type FlagName } from "../flags.ts";
import { COMMAND_NAMES, flagsOf, valuesOf, wordsOf, type Known } from "./known.ts";

/** A completion function for zsh, to be put into a file `_misfire` of $fpath. */
export function zsh(known: Known): string {
  const commands = COMMAND_NAMES.map(
    (name) => `    ${quoted(`${name}:${commandOf(name).summary.replaceAll(":", "\\:")}`)}`,
  );
  const branches = COMMAND_NAMES.map((name) => {
    const { words, files } = wordsOf(name, known);
    const rest = files
      ? `'*:file:_files'`
      : words.length > 0
        ? quoted(`*:argument:(${words.join(" ").replaceAll(":", "\\:")})`)
        : "";
    const flags = flagsOf(name).map((flag) => `      ${flagSpec(flag, known)}`);
    return `    ${name}) _arguments -s \\\n${[...flags, ...(rest === "" ? [] : [`      ${rest}`])].join(" \\\n")}\n      ;;`;
  });
  return `#compdef misfire
# zsh completion for misfire: misfire completion zsh > ~/.zfunc/_misfire
_misfire() {
  local -a commands
  commands=(
${commands.join("\n")}
  )
  local command=diagnose
  if (( CURRENT > 2 )) && [[ "\${words[2]}" == (${COMMAND_NAMES.join("|")}) ]]; then
    command="\${words[2]}"
    shift words
    (( CURRENT-- ))
  elif (( CURRENT == 2 )); then
    _describe -t commands command commands
  fi
  case "$command" in
${branches.join("\n")}
  esac
}
if [[ "\${funcstack[1]}" == _misfire ]]; then _misfire "$@"; else compdef _misfire misfire; fi
`;
}

function flagSpec(flag: FlagName, known: Known): string {
  const { short, doc, kind } = specOf(flag);
  const many = kind === "list" ? "*" : "";
  const text = `[${doc.replace(/[[\]:`]/g, "")}]`;
  const values = valuesOf(flag, known);
  const value =
    values === null
      ? ""
      : values === "directory"
        ? ":directory:_files -/"
        : values === "any"
          ? ":value: "
          : `:value:(${values.words.join(" ")})`;
  const both =
    short && many === ""
      ? `'(-${short} --${flag})'{-${short},--${flag}}`
      : `${many === "" ? "" : `'${many}'`}--${flag}`;
  return `${both}${quoted(text + value)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
