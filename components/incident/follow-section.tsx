import type { ReactNode } from 'react';

/** A heading with its action, and rows under it. */
export function FollowSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="border-b border-line last:border-b-0">
      <header className="flex min-h-control items-center gap-2 px-3 pt-2">
        <h3 className="flex-1 text-xs font-semibold text-ink-soft">{title}</h3>
        {action}
      </header>
      <div className="px-3 pb-2">{children}</div>
    </section>
  );
}
