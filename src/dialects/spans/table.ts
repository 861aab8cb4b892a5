import type { Exchange, Message, Span, ToolDefinition } from "../../records/records.ts";
import type { Speaker } from "../speaker.ts";
import { KEYS, type KeyName, type SpanKind } from "./keys.ts";

/**
 * What sets one dialect apart. Everything that it does not say is read by the aliases of keys.ts and the carriers of
 * carriers.ts, since one span often has the keys of several dialects.
 */
export interface SpanTable {
  readonly name: string;
  /** The framework, where the dialect is that of one. */
  readonly framework?: string | null;
  /** 0: not mine. Greater is surer; see SCORES. */
  score(span: Span): number;
  kind(span: Span): SpanKind;
  /** Keys to look at before those that all dialects share. */
  readonly keys?: Partial<Record<KeyName, readonly string[]>>;
  tool?(span: Span): string | null;
  /** The agent's name, where it stands elsewhere; null: not known, whatever the keys say. */
  agent?(span: Span): string | null | undefined;
  /** A tool's input and output, where no attribute has them. */
  input?(span: Span): unknown;
  output?(span: Span): unknown;
  /** Texts that stand for input or output that was not recorded. */
  readonly unrecorded?: readonly string[];
  /** The stage at which a call was refused, so that its span is of no execution. */
  refused?(span: Span): Refused | null;
  /** The schema of the tool's parameters, where its own span has it. */
  schema?(span: Span): unknown;
  messages?(span: Span): Message[] | null;
  answer?(span: Span): Exchange["answer"];
  tools?(span: Span): ToolDefinition[] | null;
  /** The tracer leaves out calls whose arguments are no JSON: an empty answer says nothing. */
  losesCalls?(span: Span): boolean;
  /** A chain without a parent is a run (LangGraph's root). */
  readonly chainsAreRuns?: boolean;
  /** Anything else that the span tells. */
  also?(span: Span, voice: Speaker): void;
}

export type Refused = "parsed" | "looked-up" | "validated";

/** A key that only the dialect writes beats its scope's name, which beats what several dialects write. */
export const SCORES = { key: 50, scope: 40, shared: 20, shape: 10 } as const;

export function keysOf(table: SpanTable, name: KeyName): readonly string[] {
  const own = table.keys?.[name];
  return own === undefined ? KEYS[name] : [...own, ...KEYS[name]];
}
