/** Rows of a fixed-width column as the text they were before, and for each line the row it began in. */
export interface Joined {
  lines: string[];
  lineOf: number[];
}

/**
 * Undoes the hard wrap of a terminal column as rich does it. A full row of one word was cut inside the word; another
 * row was broken at a blank when the next word had no room, else the line break was the writer's own. Boxes and blank
 * rows are left as they are. Without a `width` of the column nothing is joined.
 */
export function joinWrapped(rows: readonly string[], width: number | null): Joined {
  const lines: string[] = [];
  const lineOf: number[] = [];
  let previous: string | null = null;
  rows.forEach((row, index) => {
    const glue = previous === null || width === null ? null : glueOf(previous, row, width);
    if (glue === null) {
      lines.push(row);
      lineOf.push(index);
    } else {
      lines[lines.length - 1] += glue + row.trimStart();
    }
    previous = row;
  });
  return { lines, lineOf };
}

function glueOf(previous: string, row: string, width: number): string | null {
  if (previous === "" || row === "" || BOX.test(previous) || BOX.test(row)) return null;
  // A wrapped row never begins with blanks.
  if (/^\s/.test(row) || OWN_END.test(previous)) return null;
  const oneWord = !/\s/.test(previous.trim());
  // rich puts a word that is longer than the column on rows of its own, cut at the column's width.
  if (oneWord && previous.length >= width) return "";
  if (previous.length > width) return null;
  const word = /^\S*/.exec(row)![0].length;
  return previous.length + 1 + word > width ? " " : null;
}

const BOX = /^\s*[╭╰│┌└├─━╔╚║+|]/;

/** Ends of lines of pydantic's messages, where the next word seldom has room. */
const OWN_END = /\bvalidation errors? for \S+$|errors\.pydantic\.dev\/\S+$/;
