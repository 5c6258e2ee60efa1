import type { AlarmChange } from '@/server/domain/alarm-decide.ts';

/** Into the record; false: not stored, to be said again. */
export type WriteAlarms = (changes: readonly AlarmChange[]) => Promise<boolean>;

const mostInAWrite = 100;

/** What changed, on its way into the record: in order, one write at a time; what is not stored stays at the head. */
export class AlarmQueue {
  private readonly waiting: AlarmChange[] = [];
  private writing: Promise<boolean> | null = null;

  constructor(
    private readonly write: WriteAlarms,
    private readonly most: number,
  ) {}

  get length(): number {
    return this.waiting.length;
  }

  /** What cannot be kept waiting any longer is handed back. */
  add(change: AlarmChange): AlarmChange | null {
    this.waiting.push(change);
    return this.waiting.length > this.most ? (this.waiting.shift() ?? null) : null;
  }

  /** Resolves when everything that was added before is stored, or could not be. */
  async flush(): Promise<boolean> {
    while (this.waiting.length > 0) {
      this.writing ??= this.writeAll().finally(() => {
        this.writing = null;
      });
      if (!(await this.writing)) return false;
    }
    return true;
  }

  private async writeAll(): Promise<boolean> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, mostInAWrite);
      if (!(await this.write(batch))) return false;
      // Some may have been dropped from the head meanwhile.
      const written = new Set(batch);
      while (this.waiting[0] && written.has(this.waiting[0])) this.waiting.shift();
    }
    return true;
  }
}
