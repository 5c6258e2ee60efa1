import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export const fieldLook =
  'w-full min-w-0 rounded-md border border-line-strong bg-raised text-sm text-ink transition-colors duration-75 ' +
  'hover:border-ink-faint focus-visible:border-accent focus-visible:outline-1 focus-visible:outline-offset-0 ' +
  'disabled:opacity-50 aria-invalid:border-critical aria-invalid:outline-critical';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input autoComplete="off" spellCheck={false} className={cn(fieldLook, 'h-control px-2.5', className)} {...rest} />
  );
}
