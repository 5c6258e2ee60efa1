import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export type PanelProps = Omit<ComponentProps<'section'>, 'title'> & {
  title?: ReactNode;
  aside?: ReactNode;
  label?: string;
};

/** A bordered region with a one-line head. */
export function Panel({ title, aside, label, className, children, ...rest }: PanelProps) {
  return (
    <section aria-label={label} className={cn('flex min-h-0 min-w-0 flex-col bg-panel', className)} {...rest}>
      {title || aside ? (
        <header className="flex h-10 shrink-0 items-center gap-2 border-b border-line px-3">
          <h2 className="min-w-0 flex-1 truncate text-sm font-semibold">{title}</h2>
          {aside}
        </header>
      ) : null}
      {children}
    </section>
  );
}

/** A small heading inside a panel. */
export function Heading({
  children,
  aside,
  className,
}: {
  children: ReactNode;
  aside?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn('flex min-h-6 items-center gap-2', className)}>
      <h3 className="flex-1 text-xs font-medium text-ink-faint">{children}</h3>
      {aside}
    </div>
  );
}
