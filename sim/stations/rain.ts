/** How much rain has fallen at the heart of the storm, millimetres by city second, so that every gauge's sums agree with one another. */
export type Rainfall = {
  /** It rains so hard from the last call until now. */
  fall(nowS: number, mmH: number): void;
  /** Fallen in all. */
  total(): number;
  /** Fallen in the last so many seconds. */
  within(seconds: number): number;
};

const stepS = 60;
const keptS = 26 * 3_600;

export function rainfall(): Rainfall {
  /** Sums at whole minutes, the newest last. */
  const sums: { atS: number; mm: number }[] = [{ atS: 0, mm: 0 }];
  let total = 0;
  let atS = 0;
  return {
    fall(nowS, mmH) {
      total += (Math.max(0, nowS - atS) / 3_600) * mmH;
      atS = nowS;
      if (nowS - sums.at(-1)!.atS >= stepS) sums.push({ atS: nowS, mm: total });
      while (sums.length > 2 && nowS - sums[1]!.atS > keptS) sums.shift();
    },
    total: () => total,
    within(seconds) {
      const from = atS - seconds;
      if (from <= sums[0]!.atS) return total - sums[0]!.mm;
      let low = 0;
      let high = sums.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (sums[middle]!.atS <= from) low = middle;
        else high = middle - 1;
      }
      const [one, next] = [sums[low]!, sums[low + 1] ?? { atS, mm: total }];
      const share = next.atS > one.atS ? (from - one.atS) / (next.atS - one.atS) : 0;
      return total - (one.mm + (next.mm - one.mm) * Math.min(1, share));
    },
  };
}
