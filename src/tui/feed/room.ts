/** How much is on its way to the engine: who reads faster than it waits here. */
export interface Room {
  gave(bytes: number): void;
  took(bytes: number): void;
  wait(): Promise<void>;
  /** Nobody waits any more. */
  open(): void;
}

const MOST = 32 << 20;

export function createRoom(most = MOST): Room {
  let underway = 0;
  let isOpen = false;
  let wake: (() => void)[] = [];

  function free(): void {
    for (const one of wake) one();
    wake = [];
  }

  return {
    gave: (bytes) => void (underway += bytes),
    took(bytes) {
      underway -= bytes;
      if (underway < most) free();
    },
    wait: () => (isOpen || underway < most ? Promise.resolve() : new Promise((resolve) => wake.push(resolve))),
    open() {
      isOpen = true;
      free();
    },
  };
}
