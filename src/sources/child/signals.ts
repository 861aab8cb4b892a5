/**
 * Passes signals on to a child as long as it lives, in the place of what we do at signals ourselves. What is typed at a
 * terminal (Ctrl-C, Ctrl-\) reaches the whole group of processes, the child too: it is not sent a second time.
 */
export function passSignals(child: { kill(signal: NodeJS.Signals): unknown }): () => void {
  const typed = process.stdin.isTTY ? TYPED : new Set<NodeJS.Signals>();
  const restore = SIGNALS.map((signal) => {
    // that of Node itself, which learns the size of the terminal by it, stays
    const before = signal === "SIGWINCH" ? [] : process.listeners(signal);
    for (const listener of before) process.off(signal, listener);
    const pass = (): void => {
      if (!typed.has(signal)) child.kill(signal);
    };
    process.on(signal, pass);
    return () => {
      process.off(signal, pass);
      for (const listener of before) process.on(signal, listener);
    };
  });
  return () => {
    for (const one of restore) one();
  };
}

const SIGNALS: readonly NodeJS.Signals[] = [
  "SIGINT",
  "SIGTERM",
  "SIGHUP",
  "SIGQUIT",
  "SIGUSR1",
  "SIGUSR2",
  "SIGWINCH",
  "SIGCONT",
];
const TYPED = new Set<NodeJS.Signals>(["SIGINT", "SIGQUIT", "SIGWINCH"]);
