import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.{ts,tsx}"],
    setupFiles: ["test/setup.ts"],
    // a busy machine is no failure; a hang still is
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
