import { FLAG_NAMES, specOf } from "../flags.ts";
import { COMMAND_NAMES, flagsOf, valuesOf, wordsOf, type Known } from "./known.ts";

/** A completion function for bash 3.2 and newer. */
export function bash(known: Known): string {
  const afterFlags = FLAG_NAMES.flatMap((name) => {
    const values = valuesOf(name, known);
    if (values === null) return [];
    const { short } = specOf(name);
    const pattern = short ? `--${name}|-${short}` : `--${name}`;
    if (values === "any") return [`    ${pattern}) return ;;`];
    return [
      `    ${pattern}) ${values === "directory" ? `COMPREPLY=($(compgen -d -- "$cur"))` : reply(values.words)}; return ;;`,
    ];
  });
  const commands = COMMAND_NAMES.map((name) => {
    const { words, files } = wordsOf(name, known);
    return `    ${name}) flags="${flagsOf(name)
      .map((flag) => `--${flag}`)
      .join(" ")}"; words="${words.join(" ")}"; files=${files ? 1 : 0} ;;`;
  });
  return `# bash completion for misfire: eval "$(misfire completion bash)"
_misfire() {
  local cur prev command flags words files word
  cur="\${COMP_WORDS[COMP_CWORD]}"
  prev="\${COMP_WORDS[COMP_CWORD-1]}"
  if [[ "$cur" == "=" ]]; then cur=""; elif [[ "$prev" == "=" ]]; then prev="\${COMP_WORDS[COMP_CWORD-2]}"; fi
  case "$prev" in
${afterFlags.join("\n")}
  esac
  command=diagnose
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in ${COMMAND_NAMES.join("|")}) command="$word"; break ;; esac
  done
  case "$command" in
${commands.join("\n")}
  esac
  if [[ "$cur" == -* ]]; then ${reply("$flags")}; return; fi
  if [[ $COMP_CWORD -eq 1 ]]; then words="$words ${COMMAND_NAMES.join(" ")}"; fi
  ${reply("$words")}
  if [[ $files -eq 1 ]]; then COMPREPLY+=($(compgen -f -- "$cur")); fi
}
complete -o filenames -F _misfire misfire
`;
}

function reply(words: readonly string[] | string): string {
  return `COMPREPLY=($(compgen -W "${typeof words === "string" ? words : words.join(" ")}" -- "$cur"))`;
}
