/** What a tool gives: text for the model, and the same as data. */
export interface Answer {
  text: string;
  data?: object;
  isError?: boolean;
}

/** Columns of the texts. */
export const WIDTH = 100;

export function refuse(text: string): Answer {
  return { text, isError: true };
}
