/** A text of a classifier without facts: `{tool}` is shown as `<tool>`, so that it can be read as a pattern. */
export function fillGeneral(text: string): string {
  return text.replace(/\{([a-zA-Z]\w*)\}/g, "<$1>");
}
