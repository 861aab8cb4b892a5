/** What reaches beyond the screen; tests give their own. */
export interface Effects {
  /** To the clipboard of the terminal. */
  copy(text: string): void;
  /** Gives what went wrong, or null. */
  edit(path: string, line: number | null): Promise<string | null>;
  /** Writes a new file in the current folder; gives its name. Throws. */
  write(name: string, text: string): string;
  /** The terminal reports wheel and clicks, and selects nothing by itself. */
  mouse(isOn: boolean): void;
  redraw(): void;
  quit(): void;
}
