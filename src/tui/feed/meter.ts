/** How much came per second, over the last few seconds. */
export interface Meter {
  add(amount: number): void;
  rate(): number;
}

const SECONDS = 3;

export function createMeter(now: () => number = () => performance.now()): Meter {
  const slots = Array.from({ length: SECONDS + 1 }, () => ({ second: -1, sum: 0 }));
  const began = now();
  return {
    add(amount) {
      const second = Math.floor(now() / 1000);
      const slot = slots[second % slots.length]!;
      if (slot.second !== second) Object.assign(slot, { second, sum: 0 });
      slot.sum += amount;
    },
    rate() {
      const time = now();
      const second = Math.floor(time / 1000);
      // the running second and those before it that are not forgotten
      const sum = slots.reduce((total, slot) => total + (slot.second > second - slots.length ? slot.sum : 0), 0);
      const span = Math.min((time - began) / 1000, SECONDS + (time / 1000 - second));
      return span < 0.2 ? 0 : sum / span;
    },
  };
}
