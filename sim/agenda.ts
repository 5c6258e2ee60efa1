/** What is due when, in the city's own seconds; what is due at once runs in the order in which it was entered. */
export type Agenda = {
  enter(atS: number, run: () => void): void;
  runUntil(nowS: number): void;
};

export function agenda(): Agenda {
  const entries: { atS: number; order: number; run: () => void }[] = [];
  let order = 0;
  return {
    enter(atS, run) {
      const entry = { atS, order: order++, run };
      let low = 0;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (entries[middle]!.atS <= atS) low = middle + 1;
        else high = middle;
      }
      entries.splice(low, 0, entry);
    },
    runUntil(nowS) {
      while (entries.length > 0 && entries[0]!.atS <= nowS) entries.shift()!.run();
    },
  };
}
