import { z } from 'zod';

/** Clocks of an incident's cycle (PRODUCT.md §4). Each is stamped once a cycle, with the server's time. */
export const clockNames = ['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'T8', 'T9', 'T10', 'T11'] as const;
export type ClockName = (typeof clockNames)[number];

export const clocks = z.record(z.enum(clockNames), z.number().int().nullable());
export type Clocks = Record<ClockName, number | null>;

export const noClocks = (): Clocks => Object.fromEntries(clockNames.map((name) => [name, null])) as unknown as Clocks;

/** Keeps the first stamp: a clock is stamped once a cycle. */
export const stamp = (current: Clocks, name: ClockName, at: number): Clocks =>
  current[name] === null ? { ...current, [name]: at } : current;

/** Targets are data [prov]; each cites its source and whether the clause was checked. */
export type ClockTarget = {
  readonly id: string;
  readonly from: ClockName;
  readonly to: ClockName;
  readonly withinS: number;
  readonly share: number;
  readonly source: string;
  readonly verified: boolean;
};

export const clockTargets: readonly ClockTarget[] = [
  { id: 'answer', from: 'T0', to: 'T1', withinS: 15, share: 0.9, source: 'NENA-STA-020.1', verified: false },
  { id: 'answer-late', from: 'T0', to: 'T1', withinS: 20, share: 0.95, source: 'NENA-STA-020.1', verified: false },
  { id: 'first-unit', from: 'T1', to: 'T3', withinS: 60, share: 0.9, source: 'NFPA 1225', verified: false },
  {
    id: 'turnout',
    from: 'T3',
    to: 'T5',
    withinS: 180,
    share: 0.95,
    source: '120 national target 2025',
    verified: false,
  },
];

export type ClockResult = {
  readonly target: ClockTarget;
  readonly tookMs: number | null;
  readonly met: boolean | null;
};

/** How one cycle did against the targets; null where an end of the interval has not been stamped. */
export const measureClocks = (cycle: Clocks, targets: readonly ClockTarget[] = clockTargets): ClockResult[] =>
  targets.map((target) => {
    const start = cycle[target.from];
    const end = cycle[target.to];
    const tookMs = start === null || end === null ? null : end - start;
    return { target, tookMs, met: tookMs === null ? null : tookMs <= target.withinS * 1000 };
  });
