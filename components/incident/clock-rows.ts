import { type ClockName, type Clocks, type ClockTarget, clockNames, clockTargets } from '@/server/domain/clock.ts';

export type ClockRow = {
  readonly name: ClockName;
  readonly at: number | null;
  /** From the last stamped clock before it. */
  readonly tookMs: number | null;
  /** The strictest target that ends here. */
  readonly target: ClockTarget | null;
  /** Start of the target's interval; running while `at` is null. */
  readonly from: number | null;
};

const targetOf = (name: ClockName): ClockTarget | null =>
  clockTargets.filter((target) => target.to === name).sort((a, b) => a.withinS - b.withinS)[0] ?? null;

/** T0–T11 of one cycle with what each took and what was asked of it. */
export function clockRows(cycle: Clocks): ClockRow[] {
  let before: number | null = null;
  return clockNames.map((name) => {
    const at = cycle[name];
    const tookMs = at !== null && before !== null ? at - before : null;
    if (at !== null) before = at;
    const target = targetOf(name);
    return { name, at, tookMs, target, from: target ? cycle[target.from] : null };
  });
}

/** The one clock an operator should see run: the next target whose interval has begun and not ended. */
export const runningTarget = (cycle: Clocks): ClockRow | null =>
  clockRows(cycle).find((row) => row.target !== null && row.at === null && row.from !== null) ?? null;
