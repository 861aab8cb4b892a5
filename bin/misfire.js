#!/usr/bin/env node
// Old syntax on purpose: every Node since 10 must be able to read this far.
var version = process.versions.node.split(".").map(Number);

if (version[0] < 22 || (version[0] === 22 && version[1] < 15)) {
  console.error(
    "misfire needs Node 22.15 or newer, and this is Node " +
      process.versions.node +
      ". Run it with: npx -y -p node@24 -p misfire misfire " +
      process.argv.slice(2).join(" "),
  );
  process.exitCode = 2;
} else {
  // A log of any size is read in a few MB: without these, the space for young objects and the garbage among the old ones
  // grow to a hundred each.
  var v8 = process.getBuiltinModule("node:v8");
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  v8.setFlagsFromString("--heap-growing-percent=30");
  var module_ = process.getBuiltinModule("node:module");
  if (module_.enableCompileCache) module_.enableCompileCache();
  import("../build/cli/main.js").then(function (cli) {
    return cli.start();
  });
}
