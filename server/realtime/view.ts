import { createHash } from 'node:crypto';
import type { ViewMode, ViewportInput } from '@/server/wire/realtime.ts';

/** What a screen looks at. `cells` null: all of them. Views with the same key get the same bytes. */
export type View = {
  readonly mode: ViewMode;
  readonly cells: ReadonlySet<number> | null;
  readonly watch: readonly number[];
  readonly key: string;
};

export const emptyView: View = { mode: 'none', cells: new Set(), watch: [], key: 'none' };

export function createView(input: ViewportInput, audienceKey: string): View {
  if (input.mode !== 'cells') {
    const cells = input.mode === 'none' ? new Set<number>() : null;
    return { mode: input.mode, cells, watch: input.watch, key: `${audienceKey}\n${input.mode}` };
  }
  const cells = [...new Set(input.cells)].sort((a, b) => a - b);
  const hash = createHash('sha1').update(new Uint16Array(cells)).digest('base64');
  return { mode: 'cells', cells: new Set(cells), watch: input.watch, key: `${audienceKey}\n${hash}` };
}

/** The cells of `dirty` that this view looks at. */
export function seenOf(view: View, dirty: readonly number[]): number[] {
  const { cells } = view;
  if (cells === null) return [...dirty];
  return dirty.filter((cell) => cells.has(cell));
}

/** What the new view shows that the old one did not; null: begin anew, because the kind of view changed. */
export function newlySeen(before: View, after: View): number[] | null {
  if (before.mode !== after.mode || after.cells === null || before.cells === null) return null;
  const known = before.cells;
  return [...after.cells].filter((cell) => !known.has(cell));
}

/** Whether nothing but the watched slots differ. */
export const looksTheSame = (before: View, after: View): boolean => before.key === after.key;
