import { expect, test } from "vitest";
import { version } from "../pack.ts";
import { VERSION } from "./version.ts";

test("the version of the scope is that of the package", () => expect(VERSION).toBe(version));
