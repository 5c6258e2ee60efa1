'use client';
import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';
import { fieldLook } from './input.tsx';

export type SelectChoice<Value extends string> = { value: Value; label: ReactNode; disabled?: boolean };

export type SelectProps<Value extends string> = {
  value: Value | null;
  onValueChange: (value: Value) => void;
  choices: readonly SelectChoice<Value>[];
  placeholder?: string;
  id?: string;
  className?: string;
  disabled?: boolean;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  'aria-describedby'?: string;
};

export function Select<Value extends string>({
  value,
  onValueChange,
  choices,
  placeholder,
  className,
  disabled,
  ...aria
}: SelectProps<Value>) {
  return (
    <Radix.Root value={value ?? ''} onValueChange={(next) => next && onValueChange(next as Value)} disabled={disabled}>
      <Radix.Trigger
        {...aria}
        className={cn(
          fieldLook,
          'flex h-control items-center justify-between gap-2 px-2.5 text-start data-placeholder:text-ink-faint',
          className,
        )}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon>
          <ChevronDown className="size-4 text-ink-faint" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) overflow-hidden rounded-md border border-line bg-raised shadow-float animate-fade"
        >
          <Radix.Viewport className="p-1">
            {choices.map((choice) => (
              <Radix.Item
                key={choice.value}
                value={choice.value}
                disabled={choice.disabled}
                className="relative flex min-h-control-sm select-none items-center rounded-sm py-1 ps-7 pe-3 text-sm outline-none data-disabled:opacity-45 data-highlighted:bg-hover"
              >
                <Radix.ItemIndicator className="absolute start-2">
                  <Check className="size-3.5 text-accent-text" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{choice.label}</Radix.ItemText>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
