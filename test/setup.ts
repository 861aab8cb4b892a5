import fc from "fast-check";

// A run of the tests checks the same cases every time; `npm run soak` looks for new ones, with seeds of its own.
if (process.env["MISFIRE_SOAK_ROUNDS"] === undefined) fc.configureGlobal({ seed: 20_261_125 });
