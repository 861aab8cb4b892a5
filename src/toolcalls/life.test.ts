import { describe, expect, it } from "vitest";
import { failedAt, settled, unknownLife } from "./life.ts";

describe("settled", () => {
  it("takes a stage that went well as proof of those before it", () => {
    expect(settled({ ...unknownLife(), executed: "ok" })).toMatchObject({
      offered: "unknown",
      requested: "ok",
      parsed: "ok",
      validated: "ok",
      executed: "ok",
    });
  });

  it("reaches nothing after a failure but the answer to the model", () => {
    const life = settled({ ...unknownLife(), requested: "ok", parsed: "failed", returned: "ok" });
    expect(life).toMatchObject({
      parsed: "failed",
      "looked up": "not-reached",
      validated: "not-reached",
      executed: "not-reached",
      returned: "ok",
      consumed: "unknown",
    });
  });
});

describe("failedAt", () => {
  it("puts the failure where a finding says it is", () => {
    const life = failedAt({ ...unknownLife(), requested: "ok", executed: "failed", returned: "ok" }, "validated");
    expect(life).toMatchObject({
      requested: "ok",
      "looked up": "ok",
      validated: "failed",
      executed: "not-reached",
      returned: "ok",
    });
  });
});
