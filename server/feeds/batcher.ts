/**
 * Gathers rows and writes them in batches: history and raw bytes are many and small. Bounded: when the writer cannot keep up
 * `add` says so, and the sender is told "not accepted" instead of memory growing.
 */
export class Batcher<Row> {
  private waiting: Row[] = [];
  private writing: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failed = false;

  constructor(
    private readonly write: (rows: readonly Row[]) => Promise<void>,
    private readonly bounds: {
      readonly everyMs: number;
      readonly maxRows: number;
      readonly onError: (error: unknown) => void;
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
    this.writing = this.write(rows).then(
      () => {
        this.failed = false;
      },
      (error) => {
        this.failed = true;
        this.bounds.onError(error);
        // Kept for the next try, the oldest first out when there is no room.
        this.waiting = [...rows, ...this.waiting].slice(-this.bounds.maxRows);
        this.timer ??= setTimeout(() => void this.flush(), 1_000);
      },
    );
    await this.writing;
    this.writing = null;
  }
}
