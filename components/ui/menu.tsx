'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export type MenuProps = { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end'; label: string };

const row =
  'relative flex min-h-control-sm select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-disabled:opacity-45 data-highlighted:bg-hover';

export function Menu({ trigger, children, align = 'end', label }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 min-w-44 max-w-80 rounded-lg border border-line bg-raised p-1 shadow-float animate-fade"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export type MenuRowProps = {
  children: ReactNode;
  onSelect: () => void;
  disabled?: boolean;
  title?: string;
  className?: string;
};

export function MenuRow({ children, onSelect, disabled, title, className }: MenuRowProps) {
  return (
    <Radix.Item disabled={disabled} title={title} onSelect={onSelect} className={cn(row, className)}>
      {children}
    </Radix.Item>
  );
}

export type MenuChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  choices: readonly { value: Value; label: ReactNode }[];
};

/** One of several, with a tick at the present one. */
export function MenuChoice<Value extends string>({ label, value, onValueChange, choices }: MenuChoiceProps<Value>) {
  return (
    <Radix.RadioGroup value={value} onValueChange={(next) => onValueChange(next as Value)} aria-label={label}>
      <Radix.Label className="px-2 pt-1.5 pb-0.5 text-2xs text-ink-faint">{label}</Radix.Label>
      {choices.map((choice) => (
        <Radix.RadioItem key={choice.value} value={choice.value} className={cn(row, 'ps-7')}>
          <Radix.ItemIndicator className="absolute start-2">
            <Check className="size-3.5 text-accent-text" />
          </Radix.ItemIndicator>
          {choice.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export const MenuLine = () => <Radix.Separator className="my-1 h-px bg-line" />;
export const MenuTitle = ({ children }: { children: ReactNode }) => (
  <Radix.Label className="px-2 pt-1.5 pb-1 text-2xs text-ink-faint">{children}</Radix.Label>
);
