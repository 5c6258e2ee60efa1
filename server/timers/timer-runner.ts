import type { Refused } from '@/server/domain/refusal.ts';
import type { DueTimer, Timers } from '@/server/store/store.ts';

export type TimerPorts = {
  readonly timers: Timers;
  readonly fire: (timer: DueTimer) => Promise<{ readonly fired: boolean } | Refused>;
  readonly now: () => number;
  readonly onError: (error: unknown, timer: DueTimer | null) => void;
};

const longestSleepMs = 1_000;

/**
 * Fires due rows (DESIGN.md law 8). A claim lapses, and firing is one transaction with what it does, so a killed process
 * neither loses a timer nor fires it twice. Late ones fire late, and their events carry the time at which they really happened.
 */
export class TimerRunner {
  private stopped = false;
  private sleeping: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly ports: TimerPorts) {}

  start(): void {
    this.running = this.round();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.sleeping) clearTimeout(this.sleeping);
    await this.running;
  }

  private async round(): Promise<void> {
    try {
      const due = await this.ports.timers.claim(100);
      for (const timer of due) await this.fireOne(timer);
    } catch (error) {
      this.ports.onError(error, null);
    }
    await this.sleep();
  }

  private async fireOne(timer: DueTimer): Promise<void> {
    try {
      const answer = await this.ports.fire(timer);
      // Not saved: the claim is given back, so that it fires as soon as the database answers.
      if ('refused' in answer) await this.ports.timers.release([timer.id]);
    } catch (error) {
      this.ports.onError(error, timer);
    }
  }

  private async sleep(): Promise<void> {
    if (this.stopped) return;
    const next = await this.ports.timers.nextDueAt().catch(() => null);
    const wait = next === null ? longestSleepMs : Math.min(longestSleepMs, Math.max(20, next - this.ports.now()));
    if (this.stopped) return;
    this.sleeping = setTimeout(() => this.start(), wait);
  }
}
