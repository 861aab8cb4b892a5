// One short program for each package that is traced as it is loaded: `every.mjs PACKAGE import|require`.
import { createRequire } from "node:module";

const [, , name, kind] = process.argv;
const require = createRequire(import.meta.url);
const load = kind === "require" ? require : (path) => import(path);
const url = process.env.LAB_URL;
const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };

const PROGRAMS = {
  async anthropic() {
    const { Anthropic } = await load("@anthropic-ai/sdk");
    const client = new Anthropic({ apiKey: "k", baseURL: url });
    await client.messages.create({
      model: "claude-sonnet-5-5",
      max_tokens: 9,
      messages: [{ role: "user", content: "Weather?" }],
      tools: [{ name: "get_weather", input_schema: schema }],
    });
  },
  async genai() {
    const { GoogleGenAI } = await load("@google/genai");
    const client = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: url } });
    await client.models.generateContent({
      model: "gemini-2.5-flash",
      contents: "Weather?",
      config: { tools: [{ functionDeclarations: [{ name: "get_weather", parametersJsonSchema: schema }] }] },
    });
  },
  async ollama() {
    const { Ollama } = await load("ollama");
    const tools = [{ type: "function", function: { name: "get_weather", description: "w", parameters: schema } }];
    await new Ollama({ host: url }).chat({ model: "qwen3", messages: [{ role: "user", content: "Weather?" }], tools });
  },
  async ai() {
    const { generateText, jsonSchema, stepCountIs, tool } = await load("ai");
    const { createOpenAI } = await load("@ai-sdk/openai");
    const weather = tool({ inputSchema: jsonSchema(schema), execute: async () => "Sunny" });
    const model = createOpenAI({ apiKey: "k", baseURL: `${url}/v1` }).chat("gpt-4.1-mini");
    await generateText({ model, tools: { get_weather: weather }, prompt: "Weather?", stopWhen: stepCountIs(3) });
  },
  async agents() {
    const { Agent, OpenAIChatCompletionsModel, run, tool } = await load("@openai/agents");
    const { OpenAI } = await load("openai6");
    const model = new OpenAIChatCompletionsModel(new OpenAI({ apiKey: "k", baseURL: `${url}/v1` }), "gpt-4.1-mini");
    const weather = tool({
      name: "get_weather",
      description: "w",
      strict: false,
      parameters: { ...schema, additionalProperties: true },
      execute: async () => "Sunny",
    });
    await run(new Agent({ name: "Weather", model, tools: [weather] }), "Weather?").catch((error) =>
      console.log(error.message),
    );
  },
  async langgraph() {
    const { ChatOpenAI } = await load("@langchain/openai");
    const { tool } = await load("@langchain/core/tools");
    const { createReactAgent } = await load("@langchain/langgraph/prebuilt");
    const weather = tool(() => "Sunny", { name: "get_weather", description: "w", schema });
    const llm = new ChatOpenAI({ model: "gpt-4.1-mini", apiKey: "k", configuration: { baseURL: `${url}/v1` } });
    const agent = createReactAgent({ llm, tools: [weather], name: "weather" });
    await agent.invoke({ messages: [{ role: "user", content: "Weather?" }] });
  },
  async mcp2() {
    const { Client, InMemoryTransport } = await load("@modelcontextprotocol/client");
    const { McpServer } = await load("@modelcontextprotocol/server");
    const server = new McpServer({ name: "s", version: "1" });
    server.registerTool("get_weather", {}, () => {
      throw new Error("no weather station");
    });
    const client = new Client({ name: "c", version: "1" });
    const [left, right] = InMemoryTransport.createLinkedPair();
    await Promise.all([server.connect(left), client.connect(right)]);
    await client.callTool({ name: "get_weather", arguments: {} });
    await client.close();
  },
};

await PROGRAMS[name]();
console.log("done");
