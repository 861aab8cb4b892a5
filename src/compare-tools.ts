/** What `misfire show`, `compare` and `differs` are made of, apart from src/index.ts so that a diagnosis does not load it. */
export { compareBy, compareInputs, type Comparison } from "./compare/compare.ts";
export { differsOf } from "./compare/differs.ts";
export { findRun } from "./compare/find-run.ts";
export { judge, runFailed, type Judged, type JudgedRun } from "./compare/judged.ts";
export { namesOf } from "./compare/places.ts";
export { showRun, type RunView } from "./compare/show.ts";
export { attributesOf } from "./compare/sides.ts";
export { createSpanShelf } from "./compare/span-shelf.ts";
export { createTraits } from "./compare/traits.ts";
