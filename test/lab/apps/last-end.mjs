/** The ways in which a process ends; `open` on stdout asks the parent for its signal. */
export function end(how) {
  if (how === "exit") process.exit(3);
  if (how === "throw")
    setTimeout(() => {
      throw new RangeError("a bug in the application");
    });
  if (how === "reject") void Promise.reject(new RangeError("a bug in the application"));
  // An application that goes in its own way, after what it has to put away.
  if (how === "own-handler") process.on("SIGTERM", () => setTimeout(() => process.exit(5), 50));
  if (how === "signal" || how === "own-handler") console.log("open");
}
