'use client';
import { Toggle as Radix, ToggleGroup as RadixGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

const look =
  'inline-flex h-control-sm select-none items-center gap-1.5 rounded-md px-2 text-xs text-ink-soft transition-colors hover:bg-hover hover:text-ink ' +
  'data-[state=on]:bg-accent-wash data-[state=on]:text-accent-text data-[state=on]:font-medium [&_svg]:size-[1.15em]';

export type ToggleProps = {
  pressed: boolean;
  onPressedChange: (pressed: boolean) => void;
  children: ReactNode;
  'aria-label'?: string;
  className?: string;
};

export function Toggle({ className, ...rest }: ToggleProps) {
  return <Radix.Root className={cn(look, className)} {...rest} />;
}

export type ToggleGroupProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode; title?: string }[];
  className?: string;
};

/** One of a few, all visible at once. */
export function ToggleGroup<Value extends string>({
  label,
  value,
  onValueChange,
  choices,
  className,
}: ToggleGroupProps<Value>) {
  return (
    <RadixGroup.Root
      type="single"
      value={value}
      onValueChange={(next) => next && onValueChange(next as Value)}
      aria-label={label}
      className={cn('inline-flex gap-0.5 rounded-md bg-sunken p-0.5', className)}
    >
      {choices.map((choice) => (
        <RadixGroup.Item key={choice.value} value={choice.value} title={choice.title} className={look}>
          {choice.label}
        </RadixGroup.Item>
      ))}
    </RadixGroup.Root>
  );
}
