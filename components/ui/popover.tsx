'use client';
import { Popover as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export type PopoverProps = {
  trigger: ReactNode;
  children: ReactNode;
  /** The name of what opens, for those who do not see it. */
  label: string;
  className?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
} & Pick<ComponentProps<typeof Radix.Content>, 'align' | 'side'>;

export function Popover({
  trigger,
  children,
  label,
  className,
  open,
  onOpenChange,
  align = 'end',
  side = 'bottom',
}: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            'z-50 max-h-(--radix-popover-content-available-height) overflow-y-auto rounded-lg border border-line bg-raised p-3 shadow-float animate-fade',
            className,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
