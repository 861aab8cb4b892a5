export { version as VERSION } from "../pack.ts";
