import { expect, test } from "vitest";
import { endpoint, headers } from "./deliver-now.ts";
import { fromEnvironment } from "./settings.ts";

test("content, arguments and definitions by the environment", () => {
  expect(fromEnvironment({})).toMatchObject({
    enabled: true,
    content: false,
    args: false,
    definitions: true,
    latest: false,
    maxText: 32_768,
  });
  for (const value of ["true", "TRUE", "1", "SPAN_ONLY", "span_and_event"])
    expect(fromEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value }).content).toBe(true);
  for (const value of ["false", "", "NO_CONTENT", "EVENT_ONLY", "yes?"])
    expect(fromEnvironment({ OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: value }).content).toBe(false);
  expect(
    fromEnvironment({
      MISFIRE_CAPTURE_ARGUMENTS: "true",
      MISFIRE_CAPTURE_DEFINITIONS: "names",
      MISFIRE_MAX_TEXT: "10",
    }),
  ).toMatchObject({ content: false, args: true, definitions: false, maxText: 10 });
  expect(fromEnvironment({ MISFIRE_MAX_TEXT: "-1" }).maxText).toBe(32_768);
});

test("off switches and the conventions that are opted into", () => {
  expect(fromEnvironment({ OTEL_SDK_DISABLED: "true" }).enabled).toBe(false);
  for (const value of ["off", "false", "0", "OFF"])
    expect(fromEnvironment({ MISFIRE_INSTRUMENTATION: value }).enabled).toBe(false);
  expect(fromEnvironment({ MISFIRE_INSTRUMENTATION: "on" }).enabled).toBe(true);
  expect(fromEnvironment({ OTEL_SEMCONV_STABILITY_OPT_IN: "http, gen_ai_latest_experimental" }).latest).toBe(true);
});

test("where last words go", () => {
  expect(endpoint({})).toBe("http://localhost:4318/v1/traces");
  expect(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: "https://c.example/" })).toBe("https://c.example/v1/traces");
  expect(endpoint({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c:1/x" })).toBe("http://c:1/x");
  expect(endpoint({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4317", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" })).toBe(
    "http://c:4318/v1/traces",
  );
  expect(
    headers({ OTEL_EXPORTER_OTLP_HEADERS: "api-key=a%20b, x=1,broken", OTEL_EXPORTER_OTLP_TRACES_HEADERS: "X=2" }),
  ).toEqual({ "content-type": "application/json", "api-key": "a b", x: "2" });
});
