import { describe, expect, it } from 'vitest';
import { createFramePacer, drawnShare, gapFor, longestGapMs } from './frame-pacer.ts';

/** A machine that takes `costMs` for each frame, and a hand on the clock. */
function machine(costMs: number) {
  let now = 10_000;
  let timers: { at: number; work: () => void }[] = [];
  const drawn: number[] = [];
  const state = { costMs, lost: false };
  const later = (work: () => void, ms: number) => {
    const timer = { at: now + ms, work };
    timers.push(timer);
    return () => {
      timers = timers.filter((other) => other !== timer);
    };
  };
  const begin = () => {
    drawn.push(now);
    const measured = pacer.began();
    if (measured && !state.lost) later(() => pacer.ended(), state.costMs);
  };
  const pacer = createFramePacer({ draw: begin, now: () => now, later });
  const until = (end: number) => {
    for (;;) {
      const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      timers = timers.filter((timer) => timer !== next);
      now = Math.max(now, next.at);
      next.work();
    }
    now = end;
  };
  /** A tick of 250 ms, so many times. */
  const ticks = (count: number) => {
    for (let k = 0; k < count; k++) {
      pacer.soon();
      until(now + 250);
    }
  };
  return { pacer, drawn, state, ticks, until, begin, now: () => now };
}

describe('how often what moves is drawn', () => {
  it('is every tick where drawing is cheap', () => {
    const quick = machine(8);
    quick.ticks(40);
    expect(quick.drawn).toHaveLength(40);
  });

  it('takes no more than its share of the time where drawing is dear', () => {
    const slow = machine(150);
    slow.ticks(80);
    const seconds = 20;
    expect((slow.drawn.length * 150) / (seconds * 1_000)).toBeLessThanOrEqual(drawnShare + 0.02);
    expect(slow.drawn.length).toBeGreaterThan(seconds);
  });

  it('is at least once a second, however slow', () => {
    const slowest = machine(700);
    slowest.ticks(80);
    const gaps = slowest.drawn.slice(1).map((at, k) => at - slowest.drawn[k]!);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(longestGapMs + 250);
    expect(gapFor(100_000)).toBe(longestGapMs);
  });

  it('always shows the last thing that moved, though nothing moves after it', () => {
    const slow = machine(150);
    slow.ticks(3);
    const before = slow.now();
    slow.pacer.soon();
    slow.until(before + 2_000);
    expect(slow.drawn.at(-1)).toBeGreaterThanOrEqual(before);
  });

  it('draws nothing of its own after a frame that somebody else asked for', () => {
    const slow = machine(150);
    slow.ticks(4);
    slow.until(slow.now() + 3_000);
    const count = slow.drawn.length;
    slow.until(slow.now() + 3_000);
    expect(slow.drawn).toHaveLength(count);
    slow.begin();
    slow.pacer.soon();
    slow.begin(); // the operator moves the map: that frame shows what was waiting, too
    slow.until(slow.now() + 3_000);
    expect(slow.drawn).toHaveLength(count + 2);
  });

  it('comes back to every tick when the machine is free again', () => {
    const busy = machine(400);
    busy.ticks(20);
    busy.state.costMs = 8;
    busy.ticks(20);
    const count = busy.drawn.length;
    busy.ticks(10);
    expect(busy.drawn.length - count).toBe(10);
  });

  it('goes on when the answer to a frame was lost', () => {
    const broken = machine(8);
    broken.state.lost = true;
    broken.ticks(20);
    expect(broken.drawn.length).toBeGreaterThanOrEqual(5);
    broken.pacer.stop();
    const count = broken.drawn.length;
    broken.until(broken.now() + 5_000);
    expect(broken.drawn).toHaveLength(count);
  });
});
