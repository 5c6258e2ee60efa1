'use client';
import { Check } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';

export function Checkbox({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  return (
    <Radix.Root
      className={cn(
        'inline-flex size-4.5 shrink-0 items-center justify-center rounded-sm border border-line-strong bg-raised data-[state=checked]:border-primary data-[state=checked]:bg-primary data-[state=checked]:text-primary-ink disabled:opacity-45',
        className,
      )}
      {...rest}
    >
      <Radix.Indicator>
        <Check className="size-3.5" strokeWidth={3} />
      </Radix.Indicator>
    </Radix.Root>
  );
}
