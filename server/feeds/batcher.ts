/**
 * Gathers rows and writes them in batches: history and raw bytes are many and small. Bounded: when the writer cannot keep up
 * `add` says so, and the sender is told "not accepted" instead of memory growing.
 */
export class Batcher<Row> {
  private waiting: Row[] = [];
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failed = false;
  /** Rows that nothing could write. */
  leftOut = 0;

  constructor(
    private readonly write: (rows: readonly Row[]) => Promise<void>,
    private readonly bounds: {
      readonly everyMs: number;
      readonly maxRows: number;
      readonly onError: (error: unknown) => void;
      /** Whether the rows themselves are at fault: then the bad ones are found and left out, or they would hold up all others for ever. */
      readonly isRowsFault?: (error: unknown) => boolean;
    },
  ) {}

  /** False: full, or the last write failed; nothing was taken. */
  add(rows: readonly Row[]): boolean {
    if (rows.length === 0) return !this.failed;
    if (this.waiting.length + rows.length > this.bounds.maxRows) return false;
    this.waiting.push(...rows);
    this.timer ??= setTimeout(() => void this.flush(), this.bounds.everyMs);
    return !this.failed;
  }

  get depth(): number {
    return this.waiting.length;
  }

  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.writing) await this.writing;
    const rows = this.waiting;
    if (rows.length === 0) return;
    this.waiting = [];
    this.writing = this.put(rows).then((left) => {
      this.failed = left.length > 0;
      if (left.length === 0) return;
      // Kept for the next try, the oldest first out when there is no room.
      this.waiting = [...left, ...this.waiting].slice(-this.bounds.maxRows);
      this.timer ??= setTimeout(() => void this.flush(), 1_000);
    });
    await this.writing;
    this.writing = null;
  }

  /** Gives what could not be written and is to be tried again. */
  private async put(rows: readonly Row[]): Promise<readonly Row[]> {
    try {
      await this.write(rows);
      return [];
    } catch (error) {
      if (!this.bounds.isRowsFault?.(error)) {
        this.bounds.onError(error);
        return rows;
      }
      if (rows.length === 1) {
        this.leftOut += 1;
        this.bounds.onError(error);
        return [];
      }
      const middle = rows.length >> 1;
      const left = await this.put(rows.slice(0, middle));
      return left.length > 0 ? [...left, ...rows.slice(middle)] : this.put(rows.slice(middle));
    }
  }
}
