import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd
      className={cn(
        'inline-flex h-[1.5em] min-w-[1.5em] items-center justify-center rounded-sm border border-line-strong/60 bg-sunken px-1 font-sans text-2xs leading-none text-ink-soft',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
