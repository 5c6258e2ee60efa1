'use client';
import { ScrollArea as Radix } from 'radix-ui';
import type { ReactNode, Ref } from 'react';
import { cn } from './cn.ts';

export type ScrollAreaProps = {
  children: ReactNode;
  className?: string;
  viewportRef?: Ref<HTMLDivElement>;
  label?: string;
};

/** Focusable, so that a reader without a mouse can scroll what holds no control. */
export function ScrollArea({ children, className, viewportRef, label }: ScrollAreaProps) {
  return (
    <Radix.Root type="hover" className={cn('min-h-0 overflow-hidden', className)}>
      <Radix.Viewport
        ref={viewportRef}
        tabIndex={0}
        role="region"
        aria-label={label}
        className="size-full outline-offset-[-2px]"
      >
        {children}
      </Radix.Viewport>
      <Radix.Scrollbar orientation="vertical" className="flex w-2 touch-none select-none p-px">
        <Radix.Thumb className="relative flex-1 rounded-full bg-line-strong/60" />
      </Radix.Scrollbar>
    </Radix.Root>
  );
}
