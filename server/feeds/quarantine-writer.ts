/** How much of one feed's refusals is kept: at once, and for how long that goes on. */
export type QuarantineBudget = {
  readonly rows: { readonly burst: number; readonly perSecond: number };
  readonly bytes: { readonly burst: number; readonly perSecond: number };
};

/** Enough to see what is wrong and to read it again; a flood of refusals is counted, but does not fill the disk. */
export const quarantineBudget: QuarantineBudget = {
  rows: { burst: 1_000, perSecond: 1 },
  bytes: { burst: 32 * 1024 * 1024, perSecond: 16 * 1024 },
};

type Refused = { readonly feed: string; readonly bytes: Uint8Array };
type Waiting<Row> = { readonly row: Row; readonly done: () => void; readonly fail: (error: unknown) => void };
type Left = { rows: number; bytes: number; at: number };

const mostRows = 500;
const mostBytes = 8 * 1024 * 1024;

/** Writes refusals many at once, one batch at a time, so that a flood of them takes one connection and not all. */
export class QuarantineWriter<Row extends Refused> {
  private waiting: Waiting<Row>[] = [];
  private busy = false;
  private readonly left = new Map<string, Left>();

  constructor(
    private readonly write: (rows: readonly Row[]) => Promise<void>,
    private readonly of: { readonly now: () => number; readonly budget?: QuarantineBudget },
  ) {}

  /** Resolves once it is stored; false: the feed has used up its budget, nothing was kept of it. */
  async add(row: Row): Promise<boolean> {
    if (!this.take(row)) return false;
    await new Promise<void>((done, fail) => {
      this.waiting.push({ row, done, fail });
      void this.pump();
    });
    return true;
  }

  private take({ feed, bytes }: Refused): boolean {
    const budget = this.of.budget ?? quarantineBudget;
    const now = this.of.now();
    const held = this.left.get(feed) ?? { rows: budget.rows.burst, bytes: budget.bytes.burst, at: now };
    const seconds = Math.max(0, now - held.at) / 1000;
    const rows = Math.min(budget.rows.burst, held.rows + seconds * budget.rows.perSecond);
    const room = Math.min(budget.bytes.burst, held.bytes + seconds * budget.bytes.perSecond);
    const fits = rows >= 1 && room >= bytes.length;
    this.left.set(feed, { rows: fits ? rows - 1 : rows, bytes: fits ? room - bytes.length : room, at: now });
    return fits;
  }

  private async pump(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    while (this.waiting.length > 0) {
      const part = this.next();
      try {
        await this.write(part.map(({ row }) => row));
        for (const { done } of part) done();
      } catch (error) {
        for (const { fail } of part) fail(error);
      }
    }
    this.busy = false;
  }

  private next(): Waiting<Row>[] {
    let bytes = 0;
    const end = this.waiting.findIndex(({ row }, index) => {
      bytes += row.bytes.length;
      return index >= mostRows || (index > 0 && bytes > mostBytes);
    });
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end);
  }
}
