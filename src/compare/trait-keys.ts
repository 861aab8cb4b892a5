/** How attributes that misfire makes itself are called. */
export const NAMES = {
  agent: "agent",
  model: "model",
  framework: "framework",
  tool: "tool",
  offered: "tool offered",
  argument: "argument given",
  file: "file",
  instrumentation: "instrumentation",
} as const;

/** Numbers, for which thresholds are tried. */
export const MEASURES = {
  runsInFlight: "runs in flight when it began",
  callsInFlight: "calls in flight when it ran",
  prompt: "characters in the first request",
  promptOfCall: "characters in the request",
  toolsOffered: "number of tools offered",
  argumentSize: "characters in the arguments",
} as const;

/**
 * Whether an attribute may set runs apart. What says how a run went (errors, results, answers, durations) follows from
 * the failure and explains nothing; nor do texts of the conversation and what is another for every span.
 */
export function isTrait(key: string): boolean {
  if (NUMBERED.test(key)) return false;
  return CAUSES.test(key) || !OUTCOMES.test(key);
}

/** Parts of messages in flat attributes: `llm.input_messages.3.message.content`. */
const NUMBERED = /\.\d+(?:\.|$)/;
const CAUSES =
  /(?:response\.model(?:_name)?|response\.model_version|input_tokens|prompt_tokens|token_count\.prompt|max_tokens|max_completion_tokens|max_output_tokens|prompt[._](?:name|version|id|label)|timeout|max_retries)$/i;
const OUTCOMES =
  /(?:^|[._])(?:error|errors|exception|status|status_code|status_message|severity|level|level_num|result|results|response|output|outputs|answer|completion|completions|finish_reason|finish_reasons|stop_reason|duration|latency|elapsed|usage|tokens?|token_count|cost|messages?|content|input|inputs|arguments|args|parameters|prompt|body|stack|stacktrace|retry|retries|attempt|attempts|timestamp|time_to_first_token|time_to_first_chunk|start_time|end_time|success|failed|failure|is_error|final_result|all_messages_json|trace_id|span_id|line_no|lineno|pid|port|json_schema|msg|responses?|request[._]id|request_id)(?:$|[._])|^process\.(?:command|pid|parent_pid|owner)|^thread\.|^code\.|(?:^|[._])(?:arguments|response|result|output|finish|completion)s?$|toolCall\.(?:args|input|result|output)|finishReason|msTo|avgOutput|statusCode|errorType/i;
