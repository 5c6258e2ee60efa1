'use client';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { cn } from './cn.ts';

export type VirtualListProps<Row> = {
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** The row that has the cursor; kept in view. */
  active: string | null;
  onActive: (key: string) => void;
  /** Enter, or a click on the row. */
  onOpen: (key: string) => void;
  onKey?: (event: KeyboardEvent, key: string | null) => void;
  render: (row: Row, state: { active: boolean }) => ReactNode;
  /** Height of a row in rem; by place, where some carry a heading. */
  rowRem: number | ((row: Row, index: number) => number);
  empty?: ReactNode;
  /** A list that was just called up takes the keys, unless somebody is typing. */
  autoFocus?: boolean;
  multi?: { selected: ReadonlySet<string> };
  className?: string;
};

const rootPx = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;

/** A listbox that draws only what is in view. One tab stop; arrows, Home, End, PageUp and PageDown move inside it. */
export function VirtualList<Row>(props: VirtualListProps<Row>) {
  const { label, rows, keyOf, active, onActive, onOpen, onKey, render, rowRem, empty, multi, className, autoFocus } =
    props;
  const box = useRef<HTMLDivElement>(null);
  const id = useId();
  const remOf = (at: number) => (typeof rowRem === 'number' ? rowRem : rowRem(rows[at]!, at));
  const index = active === null ? -1 : rows.findIndex((row) => keyOf(row) === active);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (at) => remOf(at) * (typeof document === 'undefined' ? 16 : rootPx()),
    overscan: 6,
    // The row with the cursor is there wherever the list is scrolled to: screen readers follow it by its id.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return index < 0 || shown.includes(index) ? shown : [...shown, index].sort((a, b) => a - b);
    },
    getItemKey: (at) => keyOf(rows[at]!),
  });

  const drawn = virtual.getVirtualItems();

  useEffect(() => {
    const again = () => virtual.measure();
    window.addEventListener('resize', again);
    return () => window.removeEventListener('resize', again);
  }, [virtual]);

  useEffect(() => {
    if (autoFocus && !document.activeElement?.matches('input, textarea, select, [role="dialog"] *'))
      box.current?.focus({ preventScroll: true });
  }, [autoFocus]);

  function move(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const page = Math.max(
      1,
      Math.floor((box.current?.clientHeight ?? 0) / ((rows.length ? remOf(rows.length - 1) : 3) * rootPx())) - 1,
    );
    const steps: Record<string, number> = {
      ArrowDown: index + 1,
      ArrowUp: index < 0 ? 0 : index - 1,
      Home: 0,
      End: rows.length - 1,
      PageDown: index + page,
      PageUp: index - page,
    };
    const to = steps[event.key];
    if (to !== undefined && rows.length > 0) {
      event.preventDefault();
      const next = Math.min(rows.length - 1, Math.max(0, to));
      virtual.scrollToIndex(next);
      onActive(keyOf(rows[next]!));
      return;
    }
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && index >= 0) {
      event.preventDefault();
      onOpen(keyOf(rows[index]!));
      return;
    }
    onKey?.(event, index >= 0 ? active : null);
  }

  return (
    <div
      ref={box}
      role="listbox"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable={multi ? true : undefined}
      aria-activedescendant={drawn.some((slot) => slot.index === index) ? `${id}-${index}` : undefined}
      onKeyDown={move}
      onFocus={() => {
        if (index < 0 && rows[0] !== undefined) onActive(keyOf(rows[0]));
      }}
      className={cn('group/list min-h-0 flex-1 overflow-y-auto outline-offset-[-2px]', className)}
    >
      {rows.length === 0 ? empty : null}
      <div className="relative w-full" style={{ height: virtual.getTotalSize() }}>
        {drawn.map((slot) => {
          const row = rows[slot.index]!;
          const key = keyOf(row);
          const isActive = slot.index === index;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox itself takes the keys (aria-activedescendant)
            <div
              key={slot.key}
              id={`${id}-${slot.index}`}
              role="option"
              tabIndex={-1}
              aria-selected={multi ? multi.selected.has(key) : isActive}
              aria-setsize={rows.length}
              aria-posinset={slot.index + 1}
              data-active={isActive || undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                box.current?.focus({ preventScroll: true });
                onActive(key);
                onOpen(key);
              }}
              className="absolute inset-x-0 top-0 outline-none"
              style={{ height: slot.size, transform: `translateY(${slot.start}px)` }}
            >
              {render(row, { active: isActive })}
            </div>
          );
        })}
      </div>
    </div>
  );
}
