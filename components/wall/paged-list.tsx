'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn.ts';
import { PageMark } from './page-mark.tsx';
import { pageAt, pageCount, pageOf } from './pages.ts';

export type PagedListProps<Row> = {
  title: ReactNode;
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  render: (row: Row) => ReactNode;
  /** Height of a row in ems of the wall. */
  rowEm: number;
  columns?: number;
  turn: number;
  empty: ReactNode;
  className?: string;
};

/** As many rows as fit, then the next page. */
export function PagedList<Row>({
  title,
  label,
  rows,
  keyOf,
  render,
  rowEm,
  columns = 1,
  turn,
  empty,
  className,
}: PagedListProps<Row>) {
  const box = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(1);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const em = Number.parseFloat(getComputedStyle(element).fontSize);
      setFits(Math.max(1, Math.floor((element.clientHeight + 1) / (rowEm * em))));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    measure();
    return () => watch.disconnect();
  }, [rowEm]);
  const perPage = fits * columns;
  const pages = pageCount(rows.length, perPage);
  const page = pageAt(turn, pages);
  return (
    <section aria-label={label} className={cn('flex min-h-0 min-w-0 flex-col', className)}>
      <header className="flex h-[1.35em] shrink-0 items-center gap-[0.5em] leading-none">
        <h2 className="min-w-0 flex-1 truncate leading-[1.2] text-ink-soft">{title}</h2>
        <PageMark page={page} pages={pages} />
      </header>
      <div ref={box} className="min-h-0 flex-1 overflow-hidden">
        {rows.length === 0 ? (
          <p className="pt-[0.3em] text-ink-soft">{empty}</p>
        ) : (
          <ul
            className="grid gap-x-[0.1em]"
            style={{ gridTemplateColumns: columns === 1 ? 'minmax(0, 1fr)' : `repeat(${columns}, minmax(0, auto))` }}
          >
            {pageOf(rows, page, perPage).map((row) => (
              <li key={keyOf(row)} className="min-w-0" style={{ height: `${rowEm}em` }}>
                {render(row)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
