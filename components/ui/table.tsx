import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export function Table({ className, ...rest }: ComponentProps<'table'>) {
  return <table className={cn('w-full border-collapse text-sm', className)} {...rest} />;
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={cn(
        'h-control-sm border-b border-line bg-panel px-2.5 text-start text-xs font-medium whitespace-nowrap text-ink-faint',
        className,
      )}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={cn('border-b border-line px-2.5 py-1.5 align-middle', className)} {...rest} />;
}

export function Tr({ className, ...rest }: ComponentProps<'tr'>) {
  return <tr className={cn('hover:bg-hover/60 aria-selected:bg-accent-wash', className)} {...rest} />;
}
