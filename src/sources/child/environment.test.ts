import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { collectorOf, otelEnvironment, outputEnvironment, routesFor, tapEnvironment } from "./environment.ts";
import { preloadEnvironment } from "./preload.ts";

describe("the environment of a command", () => {
  it("leads model calls to the tap, and the tap to where they went before", () => {
    const env = { OPENAI_BASE_URL: "http://gateway/v1", AZURE_OPENAI_ENDPOINT: "https://x.openai.azure.com" };
    expect(routesFor(env).map(({ prefix, target }) => `${prefix} ${target.href}`)).toEqual([
      "/openai http://gateway/v1",
      "/anthropic https://api.anthropic.com/",
      "/gemini https://generativelanguage.googleapis.com/",
      "/azure https://x.openai.azure.com/",
    ]);
    const told = tapEnvironment({ ...env, HTTPS_PROXY: "http://proxy:3128" }, 1234);
    expect(told["OPENAI_BASE_URL"]).toBe("http://127.0.0.1:1234/openai");
    expect(Object.keys(told)).not.toContain("GROQ_BASE_URL");
    expect(tapEnvironment({ HTTP_PROXY: "http://proxy:3128", NO_PROXY: "a.b" }, 1)["NO_PROXY"]).toBe(
      "a.b,127.0.0.1,localhost",
    );
  });

  it("leaves what the user has set, and knows where telemetry went", () => {
    expect(otelEnvironment({ OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }, 5, false)).toEqual({
      OTEL_BSP_SCHEDULE_DELAY: "500",
      OTEL_BLRP_SCHEDULE_DELAY: "500",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:5",
    });
    const content = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";
    expect(otelEnvironment({}, 5, true)).toHaveProperty(content, "true");
    expect(otelEnvironment({ [content]: "false" }, 5, true)).not.toHaveProperty(content);
    const latest = { OTEL_SEMCONV_STABILITY_OPT_IN: "http,gen_ai_latest_experimental" };
    expect(otelEnvironment(latest, 5, true)).toHaveProperty(content, "SPAN_AND_EVENT");
    expect(collectorOf({})).toBe("nowhere");
    expect(collectorOf({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c:4318/v1/traces" })).toBe("elsewhere");
    expect(collectorOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" })).toBe("elsewhere");
    const grpc = {
      OTEL_EXPORTER_OTLP_ENDPOINT: "https://c:4317",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_HEADERS: "a=b",
    };
    expect(collectorOf(grpc)).toMatchObject({ to: { protocol: "grpcs:", host: "c:4317" }, headers: "a=b" });
    expect(outputEnvironment({ NO_COLOR: "1" }, true)).toEqual({ PYTHONUNBUFFERED: "1" });
    expect(outputEnvironment({ FORCE_COLOR: "3" }, true)).not.toHaveProperty("FORCE_COLOR");
  });

  it("loads the instrumentation into a Node that knows how, and into nothing else", () => {
    const folder = mkdtempSync(join(tmpdir(), "misfire-preload-"));
    const script = (name: string, head: string): string => {
      const path = join(folder, name);
      writeFileSync(path, `${head}\n`, { mode: 0o755 });
      return path;
    };
    const module = new URL("file:///misfire/register.js");
    const wanted = { NODE_OPTIONS: `--import=${module.href}` };
    const env = { PATH: `${dirname(process.execPath)}:${folder}` };
    expect(preloadEnvironment([process.execPath], { NODE_OPTIONS: "--max-old-space-size=99" }, module)).toEqual({
      NODE_OPTIONS: `--max-old-space-size=99 ${wanted.NODE_OPTIONS}`,
    });
    expect(preloadEnvironment([process.execPath, "--input-type=module", "-e", ""], env, module)).toEqual({});
    script("tsx", "#!/usr/bin/env node");
    expect(preloadEnvironment(["tsx", "app.ts"], env, module)).toEqual(wanted);
    expect(preloadEnvironment([script("many", "#!/usr/bin/env -S node --no-warnings")], env, module)).toEqual(wanted);
    expect(preloadEnvironment([script("own", `#!${process.execPath}`)], env, module)).toEqual(wanted);
    const old = script("node", "#!/bin/sh\necho v18.20.0");
    for (const command of [
      old,
      script("other", "#!/usr/bin/env python3"),
      script("notnode", "#!/opt/notnode"),
      "no-such",
    ])
      expect(preloadEnvironment([command], env, module)).toEqual({});
    rmSync(folder, { recursive: true });
  });
});
