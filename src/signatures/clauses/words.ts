/**
 * What a word of a failure stands for, whoever wrote it: the thing that is spoken of, and what befell it. The first that
 * fits a place counts, so longer phrases stand before their parts. `_`, `-` and a blank are one; case is none.
 */
export const WORDS: readonly (readonly [concept: string, phrases: string])[] = [
  // things
  ["STRICT", "strict(?: mode| function(?: calling)?| tool(?: calling)?| schema| true)*"],
  ["KEYWORD", "(?:json )?schema keywords?|keywords?|oneof|anyof|allof|additionalproperties|minlength|maxlength"],
  ["EVENTLOOP", "(?:running )?event loops?|cancel scope|async context|coroutines?"],
  [
    "CONCUR",
    "concurren\\w+|parallel\\w*|simultaneous\\w*|at once|at the same time|in flight|(?:connection |worker |agent )?(?:pool|queue)",
  ],
  ["CONFLICT", "conflict(?:s|ing)?|both branches|race(?: condition)?"],
  ["STATE", "(?:agent |shared |graph )*states?(?: keys?| fields?)?|shared memory"],
  ["SIGNATURE", "(?:function )?signatures?"],
  ["DESCRIPTION", "descriptions?(?: of (?:the )?tool)?"],
  ["CALLID", "(?:tool|function)_?(?:call|use) ?ids?|tool_?call_?ids?|call ids?"],
  ["NOID", "tool use without (?:an? )?id"],
  [
    "TOOLMSG",
    "tool messages?|toolresults? ?blocks?|tool results? blocks?|tool use ?blocks?|toolresultblocks?|tool role",
  ],
  ["CALLTEXT", "(?:tool|function) calls? (?:from|in) (?:the )?(?:model |llm )?(?:response|output|text|content)"],
  [
    "ARGS",
    "(?:(?:tool|function) )?(?:call |use |positional |keyword |input |named )*(?:arguments?|args|parameters?|params|kwargs)(?: names?)?|(?:tool|function)(?: call)? inputs?",
  ],
  [
    "RESULT",
    "(?:(?:tool|function)(?: call)?|aggregate tool|mcp) (?:results?|outputs?|responses?|returns?)|return(?:ed)? values?|results? of (?:the )?tool",
  ],
  [
    "CALL",
    "(?:tool|function) ?(?:calls?|calling|invocations?|uses?|usage|executions?|requests?)|calls? to (?:the )?(?:tool|function)|tools? ?\\/ ?call",
  ],
  [
    "STRUCT",
    "structured (?:outputs?|responses?|results?)|response format|output (?:parser|type)|final (?:answer|result)",
  ],
  [
    "SCHEMA",
    "(?:json |input |parameters? |tool |function |output |argument )*schemas?|(?:tool|function) (?:definitions?|declarations?|specs?|specifications?)",
  ],
  ["TOOLNAME", "(?:tool|function) names?"],
  ["HANDLER", "(?:tool )?(?:handlers?|executors?|implementations?|callbacks?)|execute (?:function|method|block)"],
  ["TOOLERR", "tool ?(?:errors?|exceptions?|failures?)"],
  ["TOOLS", "tools|functions"],
  ["TOOLCHOICE", "tool choice|parallel tool calls"],
  ["TOOL", "tool function|tool|function|skill|toolset|subagent|sub agent"],
  [
    "SAFETY",
    "content (?:policy|policies|filters?|filtering|management policy)|safety(?: filters?| systems?| settings)?|moderation|guardrails?|usage policies",
  ],
  [
    "CONTEXT",
    "(?:model )?context(?: window| length| size| limit| budget| tokens)*|prompts?|(?:input|prompt) (?:tokens|length)|token (?:limit|count)|conversation length",
  ],
  [
    "RATE",
    "rate limit(?:s|ed|ing)?|rate limits?|(?:requests?|tokens?) per (?:minute|second|day|hour)|throttl(?:ed|ing)|too many requests",
  ],
  [
    "QUOTA",
    "(?:token |daily |usage |monthly |free |request )*(?:quotas?|credits?|allowance)|account balance|(?:usage|spend|spending|billing|daily|monthly) (?:limits?|caps?)",
  ],
  [
    "APIKEY",
    "api ?keys?|(?:client )?credentials?|access tokens?|bearer tokens?|auth(?:entication|orization|enticate|orize)?(?: headers?| tokens?)?|logged in|log in|sign(?:ed)? in|client (?:secret|id)|invalid ?client|api tokens?",
  ],
  ["OAUTH", "oauth2?"],
  ["SPAN", "(?:span|trace|telemetry|log) (?:batch|batches|exporter|processor)|spans?|traces?|telemetry|otlp"],
  [
    "NETWORK",
    "network (?:error|failure)s?|name resolution|dns|server disconnected|socket hang up|fetch failed|econn\\w+|enotfound|getaddrinfo|connection (?:refused|reset|error|aborted)|stream (?:closed|error(?!:)|disconnected)|remote protocol|(?:unexpected )?eof",
  ],
  ["MCP", "(?:the )?tool servers?|(?:the )?mcp(?: servers?| clients?| endpoint| session| startup| router)*"],
  ["HANDSHAKE", "handshak\\w+|initiali[sz](?:e|ed|ing|ation)|startup|tools\\/list|protocol version"],
  ["CONNECTION", "connections?|transports?|stdio|sockets?|pipe|child process|subprocess|process"],
  ["SERVER", "servers?"],
  ["SESSION", "sessions?"],
  [
    "PROVIDER",
    "(?:llm |ai |model |text |inference )?providers?|openai|anthropic|gemini|bedrock|ollama|openrouter|groq|mistral|vertex ?ai|chat completions?",
  ],
  ["MODEL", "(?:language )?models?|deployments?|llms?"],
  ["MESSAGE", "messages?|history|conversation|transcript|content blocks?|thinking blocks?"],
  [
    "STEP",
    "(?:tool |reasoning |agent |recursion |tool use |tool calling )*(?:steps?|iterations?|turns?|rounds?|loops?|round trips)|recursion",
  ],
  ["RUN", "(?:an? |another |active |agent |current )*(?:runs?|active responses?|active turns?)"],
  ["AGENT", "agents?|teams?|assistants?|threads?|orchestrator"],
  [
    "APPROVAL",
    "permissions?|approvals?|polic(?:y|ies)|sandbox|allow ?lists?|capabilit(?:y|ies)|access|consent|privileges?|workspace",
  ],
  [
    "RESOURCE",
    "files?|paths?|director(?:y|ies)|resources?|records?|tables?|documents?|pages?|folders?|rows?|orders?|users?",
  ],
  [
    "UPSTREAM",
    "50[0234]|bad gateway|overloaded|no capacity|too much traffic|out of memory|at capacity|unavailable right now|service unavailable|internal server error|gateway time ?out|upstream (?:error|failure)|no ipc connection|circuit breaker(?: is)? open",
  ],
  ["FIELD", "fields?|propert(?:y|ies)|keys?|keywords?"],
  ["JSONOBJ", "json (?:object|array)(?: string)?"],
  ["JSON", "json"],
  ["ACTION", "actions?|commands?|scripts?|operations?"],
  ["BADPARAMS", "-?32602"],
  ["BUDGET", "budget"],
  // what befell them
  [
    "TIMEOUT",
    "tim(?:ed|es|ing) ?out|time ?outs?|deadline exceeded|(?:did|does|has)NT (?:respond|answer|return|complete|finish)(?:ed)? (?:with)?in|no (?:response|answer|reply) (?:with)?in|took (?:too long|longer than)",
  ],
  ["NOREPLY", "no (?:response|answer|reply)(?= ?[:.]| ?$)"],
  ["CANCEL", "cancell?ed|cancellation|abort(?:ed)?|interrupted|stopped by (?:the )?user"],
  [
    "BUSY",
    "(?:is |are )?(?:already|still) (?:running|in progress|active|busy|started|processing|executing|being processed|has an? active)|is busy|in progress already",
  ],
  [
    "DUP",
    "duplicated?|already (?:exists?|registered|defined|(?:been )?(?:registered|added|defined|decided|used))|more than once|(?:is |are )?not unique|must be unique",
  ],
  [
    "LOOP",
    "infinite loop|loop (?:detected|terminated)|consecutively|times in a row|in a row|identical calls?|same (?:call|arguments|tool call)|stuck in a loop|repeatedly",
  ],
  ["TRUNC", "truncated|cut (?:off|short)|incomplete|unterminated|ended (?:too )?early|not fully received"],
  ["SERIAL", "(?:not |non )?(?:be |json )*(?:seriali[sz]\\w*|marshal\\w*|stringif\\w*)|encode[ds]?"],
  ["PARSE", "pars(?:e|ed|ing|able)|decod(?:e|ed|ing)|deseriali[sz]\\w*|unmarshal\\w*|unparsable|unparseable"],
  ["NOTYPE", "cannot unmarshal|wrong type|type mismatch|incorrect type|is of type|has type|of the wrong type"],
  ["NOTACCEPT", "(?:doesNT|doNT|cannot|didNT) (?:accept|take|have|recogni[sz]e|define|expect)"],
  [
    "NOTSUPPORT",
    "(?:doesNT|doNT|didNT|cannot|can not) (?:support|handle|offer|use|do)|(?:is |are )?(?:unsupported|not supported|not capable of)|no support for|without support for|(?:has|have) no(?: native)?(?= (?:tool|function))",
  ],
  [
    "NOTIMPL",
    "(?:is |are |was )?(?:not (?:yet )?implemented|not configured|disabled|not enabled|switched off|not wired|not bound|not attached|not executable)",
  ],
  [
    "NOTFOUND",
    "(?:was |were |is |are |be |been )*(?:not (?:be )?(?:found|registered|known|recogni[sz]ed|available|exist\\w*|offered|declared|listed|loaded)|unavailable|unregistered|unknown|non ?existent|not in (?:the )?(?:registry|list|toolset))|(?:doesNT|doNT|didNT) exist|no such|no longer (?:exists?|served|available|supported)|retired|shut down|(?:cannot|can't|couldNT|unable to|failed to) (?:find|locate|resolve)|no (?=(?:tool|function) (?:named|called|with))",
  ],
  [
    "DENIED",
    "(?:is|are|was) outside|(?:was |were |is |are |be |been )*(?:denied|rejected|refused|forbidden|blocked|disallowed|declined|prohibited|revoked|unauthori[sz]ed|flagged|filtered|not (?:be )?(?:allowed|permitted|authori[sz]ed|granted|approved|allow ?listed)|not (?:in|on) (?:the )?allow\\w*)",
  ],
  [
    "CLOSED",
    "(?:was |has been |is |been )*(?:closed|disconnected|exited|crashed|terminated|died|dropped|unreachable|offline|not (?:running|connected|started|started yet)|(?:could|did)NT (?:start|connect|be reached|reach)|gone)|broken pipe|failed to (?:start|connect|launch|spawn|open|reach)|(?:couldNT|cannot|unable to) (?:start|connect|launch|spawn|reach)|exit(?:s|ed)? code|connection (?:closed?|lost)|enoent|not find (?:the )?command|command not found|hung up",
  ],
  [
    "EXCEED",
    "exceed(?:s|ed|ing)?|(?:is |are |was )?(?:exhausted|depleted|used up|over (?:the )?(?:limit|budget))|too (?:many|long|large|big|much)|reach(?:ed|es|ing)|hit(?:s|ting)?|surpass\\w*|(?:larger|longer|more|greater|bigger) than|ran out(?: of)?|out of|insufficient|not enough|above",
  ],
  ["NONEMPTY", "non ?empty(?: (?:string|list|array|object|value))?"],
  [
    "EMPTY",
    "(?:is |was |were |are )?(?:empty|null|nil|blank|nothing|none)|no (?:result|results|output|outputs|value|content|data)",
  ],
  [
    "UNANSWERED",
    "(?:were |was |is |are )?(?:never answered|unanswered|not answered|without (?:a )?(?:response|result|answer|reply))|(?:has|have|had) no (?:response|result|answer|reply|output)|must be followed by|no (?:tool )?(?:output|result|response)s? (?:was |were )?found(?: for)?",
  ],
  [
    "NOMATCH",
    "(?:has |have |had |with )?no (?:matching|corresponding|preceding|previous|prior)|doesNT match any|without (?:a )?(?:matching|corresponding|preceding|prior)|must (?:be a response to|follow)|unmatched|orphan(?:ed)?|doesNT belong to (?:any)?|refers to no|answers no",
  ],
  [
    "MISMATCH",
    "(?:doesNT|doNT|didNT|not) (?:match|satisfy|conform to|validate against|fit|meet)|fail(?:ed|s) (?:the )?(?:(?:schema|input|argument) )?validation|validation (?:failed|error|failure)|(?:didNT|not) pass validation|violat\\w*",
  ],
  [
    "HASNO",
    "(?:has|have|had|with|got|returned|emitted|produced|made|contains?) (?:no|zero)|(?:returned|emitted|produced|made) neither",
  ],
  [
    "MISSING",
    "(?:is |are |was |were )?(?:missing|absent|omitted|mandatory|not (?:be )?(?:provided|supplied|given|set|specified|present|passed|included)|required)|requires?|must (?:be )?(?:provided|supplied|given|set|include|have|specify|pass|contain|define|implement|respond to)|without|lacks?|lacking|needs?|expects",
  ],
  ["UNEXPECTED", "unexpected|unrecogni[sz]ed|extra|extraneous|additional|superfluous|unsupported"],
  [
    "MUST",
    "must (?:not )?be(?: of (?:the )?type)?|must (?:not )?(?:match|start|end|contain)|should be|has to be|cannot be|may not be|can't be|expected(?: to be)?|is not an?",
  ],
  [
    "INVALID",
    "invalid|(?:is |are |was |were )?(?:malformed|not valid|incorrect|illegal|ill formed|corrupt(?:ed)?|broken)|bad|improper|wrong",
  ],
  [
    "FAILED",
    "fail(?:ed|s|ure)?|error(?:ed|s)?|threw|raised|exception|panicked|couldNT|cannot|can't|unable to|did not succeed",
  ],
];
