export { version as VERSION } from "../index.ts";
